package xlsform

// sentence is a message with its places for fmt, in both languages.
type sentence struct{ fr, en string }

// sentences tell each issue to the person who wrote the questionnaire: what is
// wrong, and what to write instead.
var sentences = map[string]sentence{
	"no_survey": {
		"Il faut une feuille nommée « survey ». Feuilles aux noms proches : %s.",
		"There must be a sheet named “survey”. Sheets with similar names: %s.",
	},
	"similar_sheet": {
		"Pas de feuille « %s », mais des noms proches : %s. Corrigez le nom si c'est elle.",
		"There is no sheet “%s”, but similar names: %s. Correct the name if that is the one.",
	},
	"missing_column": {
		"La feuille « %s » n'a pas de colonne « %s ». Ajoutez-la à la première ligne.",
		"The sheet “%s” has no column “%s”. Add it to the first row.",
	},
	"duplicate_column": {
		"Les en-têtes « %s » et « %s » désignent la même colonne. Renommez l'un ou supprimez-le.",
		"The headers “%s” and “%s” stand for the same column. Rename or remove one of them.",
	},
	"two_ids": {
		"« form_id » et « id_string » disent la même chose. Gardez « form_id ».",
		"“form_id” and “id_string” say the same. Keep “form_id”.",
	},
	"search_file": {
		"« %s » prend ses choix d'un fichier et utilise aussi search(). Gardez l'un des deux.",
		"“%s” takes its choices from a file and uses search(), too. Keep one of them.",
	},
	"entity_column": {
		"La colonne « %s » n'existe pas dans la feuille « entities ». Colonnes possibles : list_name, entity_id, create_if, update_if, label.",
		"The column “%s” does not exist in the sheet “entities”. Possible columns: list_name, entity_id, create_if, update_if, label.",
	},
	"entity_name": {
		"Cette entité n'a pas de nom de liste. Remplissez la colonne « list_name ».",
		"This entity has no list name. Fill in the column “list_name”.",
	},
	"entity_twice": {
		"La liste d'entités « %s » est déclarée deux fois. Gardez une seule ligne.",
		"The entity list “%s” is declared twice. Keep one row.",
	},
	"entity_reserved": {
		"« %s » commence par deux soulignés, ce qui est réservé. Choisissez un autre nom.",
		"“%s” begins with two underscores, which is reserved. Choose another name.",
	},
	"entity_period": {
		"Le nom de liste d'entités « %s » ne peut pas contenir de point.",
		"The name of an entity list, “%s”, must not contain a period.",
	},
	"entity_needs_id": {
		"La liste « %s » est mise à jour, mais rien ne dit quelle entité. Remplissez « entity_id ».",
		"The list “%s” is updated, but nothing says which entity. Fill in “entity_id”.",
	},
	"entity_needs_update": {
		"La liste « %s » a « entity_id » et « create_if » : dites aussi quand mettre à jour, dans « update_if ».",
		"The list “%s” has “entity_id” and “create_if”: say also when to update, in “update_if”.",
	},
	"entity_needs_label": {
		"La liste « %s » crée des entités sans libellé. Remplissez « label ».",
		"The list “%s” creates entities without a label. Fill in “label”.",
	},
	"entity_place": {
		"La liste « %s » n'a pas de place : chaque groupe, répétition ou questionnaire ne porte qu'une entité.",
		"The list “%s” has no place: each group, repeat or survey holds one entity only.",
	},
	"entity_scope": {
		"La liste « %s » utilise la question « %s » d'une autre répétition. Copiez sa valeur avec un « calculate ».",
		"The list “%s” uses the question “%s” of another repeat. Copy its value with a “calculate”.",
	},
	"save_alone": {
		"« save_to » demande une feuille « entities » qui déclare une entité.",
		"“save_to” needs a sheet “entities” that declares an entity.",
	},
	"save_prefix": {
		"Il y a plusieurs entités : écrivez « liste#propriété » dans « save_to ».",
		"There are several entities: write “list#property” in “save_to”.",
	},
	"save_unknown": {
		"La liste d'entités « %s » n'est pas déclarée. Liste la plus proche : %s.",
		"The entity list “%s” is not declared. Nearest list: %s.",
	},
	"save_hashes": {
		"« save_to » ne contient qu'un seul « # » : liste#propriété.",
		"“save_to” holds one “#” only: list#property.",
	},
	"save_name": {
		"« %s » ne peut pas être le nom d'une propriété : « name » et « label » sont réservés.",
		"“%s” cannot be the name of a property: “name” and “label” are reserved.",
	},
	"save_twice": {
		"La propriété « %s » est déjà remplie à la ligne %d.",
		"The property “%s” is already filled in at row %d.",
	},
	"save_group": {
		"Un groupe ou une répétition ne s'enregistre pas comme propriété. Videz « save_to » sur cette ligne.",
		"A group or repeat cannot be saved as a property. Empty “save_to” in this row.",
	},
	"missing_translation": {
		"La langue « %s » n'a pas, dans la feuille « %s », les colonnes : %s.",
		"The language “%s” lacks, in the sheet “%s”, the columns: %s.",
	},
	"cell_translation": {
		"Cette cellule est vide : « %s » manque en « %s ». Traduisez-la, sinon l'autre langue s'affiche.",
		"This cell is empty: “%s” is missing in “%s”. Translate it, or the other language is shown.",
	},
	"language_code": {
		"Ces langues n'ont pas de code reconnu : %s. Écrivez par exemple « Français (fr) ».",
		"These languages have no known code: %s. Write for instance “English (en)”.",
	},
	"attribute_name": {
		"« %s » n'est pas un nom d'attribut. Écrivez par exemple « bind::sr:observes ».",
		"“%s” is not the name of an attribute. Write for instance “bind::sr:observes”.",
	},
	"attribute_prefix": {
		"Le préfixe de « %s » n'est pas déclaré. Ajoutez-le dans « settings », colonne « namespaces » : %s=\"https://…\".",
		"The prefix of “%s” is not declared. Add it in “settings”, column “namespaces”: %s=\"https://…\".",
	},
	"disabled_column": {
		"La colonne « disabled » ne fait plus partie du standard. Utilisez « relevant ».",
		"The column “disabled” is no longer part of the standard. Use “relevant”.",
	},
	"comment_row": {
		"Ligne sans type, nom ni libellé : elle est ignorée.",
		"A row without type, name or label is ignored.",
	},
	"no_type": {
		"Cette question n'a pas de type. Écrivez par exemple « text » ou « select_one liste » dans la colonne « type ».",
		"This question has no type. Write for instance “text” or “select_one list” in the column “type”.",
	},
	"unknown_type": {
		"Type de question inconnu : « %s ». Type le plus proche : %s.",
		"Unknown question type: “%s”. Nearest type: %s.",
	},
	"no_name": {
		"Cette question ou ce groupe n'a pas de nom. Remplissez la colonne « name ».",
		"This question or group has no name. Fill in the column “name”.",
	},
	"bad_name": {
		"Le nom « %s » n'est pas valable. Un nom commence par une lettre ou un souligné, suivi de lettres, chiffres, tirets, points ou soulignés.",
		"The name “%s” is invalid. Names begin with a letter or underscore, followed by letters, digits, hyphens, periods or underscores.",
	},
	"reserved_name": {
		"Le nom « %s » est réservé aux données techniques du formulaire. Choisissez-en un autre.",
		"The name “%s” is reserved for form metadata. Choose another one.",
	},
	"name_twice": {
		"Le nom « %s » est déjà pris dans ce groupe. Donnez à chaque question et à chaque groupe un nom différent.",
		"The name “%s” is already taken in this group. Names of questions, groups and repeats must be unique within their group.",
	},
	"name_case": {
		"Le nom « %s » ne diffère d'un autre que par les majuscules. Mieux vaut un nom vraiment différent.",
		"The name “%s” differs from another one by capitals only. A really different name is better.",
	},
	"repeat_is_root": {
		"La répétition « %s » porte le nom de la racine du formulaire. Choisissez un autre nom.",
		"The repeat “%s” has the name of the form's root. Choose another name.",
	},
	"repeat_twice": {
		"Deux répétitions portent le nom « %s ». Le nom d'une répétition doit être unique dans tout le formulaire.",
		"Two repeats have the name “%s”. The name of a repeat must be unique in the whole form.",
	},
	"no_label": {
		"« %s » n'a pas de libellé.",
		"“%s” has no label.",
	},
	"no_text": {
		"« %s » n'a ni libellé ni aide : personne ne saurait quoi répondre. Remplissez la colonne « label ».",
		"“%s” has no label or hint: nobody would know what to answer. Fill in the column “label”.",
	},
	"big_image": {
		"« %s » a une grande image (big-image) sans image. Remplissez aussi la colonne « image ».",
		"“%s” has a big-image without an image. Fill in the column “image”, too.",
	},
	"group_required": {
		"« %s » est un groupe, qui n'a pas de réponse : « required » n'y a pas d'effet. Mettez-le sur une question qu'il contient.",
		"“%s” is a group, which has no answer: “required” has no effect there. Put it on a question inside it.",
	},
	"unclosed": {
		"« begin_%s » sans « end » pour « %s ». Ajoutez la ligne de fin.",
		"“begin_%s” without its “end” for “%s”. Add the row that ends it.",
	},
	"unopened": {
		"« end_%s » sans « begin » correspondant (nom : « %s »). Supprimez cette ligne ou corrigez celle du début.",
		"“end_%s” without its “begin” (name: “%s”). Remove this row or correct the one that begins it.",
	},
	"loop_list": {
		"Cette boucle ne dit pas sur quelle liste. Écrivez « begin_loop over liste ».",
		"This loop does not say over which list. Write “begin_loop over list”.",
	},
	"no_choices": {
		"Il faut une feuille « choices » avec les colonnes « list_name », « name » et « label ». Feuilles aux noms proches : %s.",
		"There must be a sheet “choices” with the columns “list_name”, “name” and “label”. Sheets with similar names: %s.",
	},
	"unknown_list": {
		"La liste « %s » n'est pas dans la feuille « choices ». Liste la plus proche : %s.",
		"The list “%s” is not in the sheet “choices”. Nearest list: %s.",
	},
	"no_external": {
		"Il faut une feuille « external_choices » avec les colonnes « list_name » et « name ». Feuilles aux noms proches : %s.",
		"There must be a sheet “external_choices” with the columns “list_name” and “name”. Sheets with similar names: %s.",
	},
	"unknown_external": {
		"La liste « %s » n'est pas dans la feuille « external_choices ». Liste la plus proche : %s.",
		"The list “%s” is not in the sheet “external_choices”. Nearest list: %s.",
	},
	"external_filter": {
		"« select_one_external » n'a de sens qu'avec un « choice_filter ».",
		"“select_one_external” is meant for filtered selects only.",
	},
	"file_extension": {
		"Le fichier « %s » doit finir par .csv, .xml ou .geojson.",
		"The file “%s” must end in .csv, .xml or .geojson.",
	},
	"choice_name": {
		"Ce choix n'a pas de nom. Remplissez la colonne « name ».",
		"This choice has no name. Fill in the column “name”.",
	},
	"choice_twice": {
		"Le choix « %s » est deux fois dans la liste « %s ». Si c'est voulu, mettez « allow_choice_duplicates » à « yes » dans « settings ».",
		"The choice “%s” is twice in the list “%s”. If that is meant, set “allow_choice_duplicates” to “yes” in “settings”.",
	},
	"choice_label": {
		"Le choix « %s » n'a pas de libellé.",
		"The choice “%s” has no label.",
	},
	"choice_column": {
		"L'en-tête « %s » ne peut pas nommer une donnée (espace, signe) : la colonne est ignorée.",
		"The header “%s” cannot name a datum (a space, a sign): the column is ignored.",
	},
	"choice_space": {
		"Le choix « %s » de la liste « %s » contient un espace. Dans un choix multiple, les noms n'en ont pas : utilisez un souligné.",
		"The choice “%s” of the list “%s” has a space. Names in a multiple choice have none: use an underscore.",
	},
	"other_filter": {
		"« or_other » ne va pas avec un « choice_filter ». Retirez l'un des deux.",
		"“or_other” does not go with a “choice_filter”. Remove one of them.",
	},
	"other_choices": {
		"« or_other » demande une liste de la feuille « choices ».",
		"“or_other” needs a list of the sheet “choices”.",
	},
	"other_translations": {
		"Avec « or_other » et plusieurs langues, « Other » et « Specify other. » restent en anglais. Ajoutez plutôt un choix et une question.",
		"With “or_other” and several languages, “Other” and “Specify other.” stay in English. Better add a choice and a question.",
	},
	"table_filter": {
		"« table-list » ne va pas avec un « choice_filter ».",
		"“table-list” does not go with a “choice_filter”.",
	},
	"table_lists": {
		"Les questions d'un « table-list » partagent une seule liste ; ici « %s » et « %s ».",
		"The questions of a “table-list” share one list; here “%s” and “%s”.",
	},
	"no_calculation": {
		"« %s » n'a pas de calcul. Remplissez la colonne « calculation ».",
		"“%s” has no calculation. Fill in the column “calculation”.",
	},
	"no_calculation_here": {
		"« background-geopoint » n'a pas de calcul : videz la colonne « calculation ».",
		"“background-geopoint” has no calculation: empty the column “calculation”.",
	},
	"trigger_needed": {
		"« background-geopoint » demande une question dans la colonne « trigger ».",
		"“background-geopoint” needs a question in the column “trigger”.",
	},
	"trigger_commas": {
		"Séparez les questions de la colonne « trigger » par des virgules : ${a}, ${b}.",
		"Part the questions of the column “trigger” by commas: ${a}, ${b}.",
	},
	"hidden_trigger": {
		"« %s » n'est pas visible : elle ne peut pas déclencher de calcul. Choisissez une question que l'on remplit.",
		"“%s” is not shown, so it cannot trigger a calculation. Choose a question that people fill in.",
	},
	"bad_reference": {
		"Dans la colonne « %s », une référence est mal écrite. Écrivez ${nom}, avec le nom d'une question.",
		"In the column “%s”, a reference is badly written. Write ${name}, with the name of a question.",
	},
	"missing_reference": {
		"La colonne « %s » parle de ${%s}, mais aucune question ne porte ce nom. Nom le plus proche : %s.",
		"The column “%s” refers to ${%s}, but no question has that name. Nearest name: %s.",
	},
	"ambiguous_reference": {
		"La colonne « %s » parle de ${%s}, mais plusieurs questions portent ce nom. Renommez-les.",
		"The column “%s” refers to ${%s}, but several questions have that name. Rename them.",
	},
	"expression_function": {
		"La fonction « %s » n'existe pas (caractère %d). Fonction la plus proche : %s.",
		"There is no function “%s” (character %d). Nearest function: %s.",
	},
	"expression_arguments": {
		"« %s » n'a pas le bon nombre d'arguments (caractère %d). Séparez-les par des virgules.",
		"“%s” has the wrong number of arguments (character %d). Part them by commas.",
	},
	"expression_quote": {
		"Un texte ouvert au caractère %d n'est pas fermé. Ajoutez le guillemet droit ' à sa fin.",
		"A text begun at character %d has no end. Add the straight quote ' at its end.",
	},
	"expression_parenthesis": {
		"L'expression s'arrête avant d'être complète. Ajoutez la parenthèse fermante « ) ».",
		"The expression ends before it is complete. Add the closing parenthesis “)”.",
	},
	"expression_end": {
		"Dans la colonne « %s », l'expression s'arrête trop tôt. Écrivez une valeur après le dernier signe.",
		"In the column “%s”, the expression ends too soon. Write a value after the last sign.",
	},
	"expression_expected": {
		"Il manque « %s » au caractère %d, devant « %s ».",
		"“%s” is missing at character %d, before “%s”.",
	},
	"expression_unexpected": {
		"« %s » n'est pas à sa place (caractère %d). Écrivez un signe entre deux valeurs, ou retirez ce qui est en trop.",
		"“%s” is out of place (character %d). Write a sign between two values, or remove what is too much.",
	},
	"expression_refused": {
		"L'expression ne peut pas être lue à partir du caractère %d. Reprenez la colonne « %s » à cet endroit.",
		"The expression cannot be read from character %d on. Write the column “%s” anew there.",
	},
	"expression_semicolon": {
		"Un point-virgule ne sépare pas les arguments (caractère %d). Écrivez une virgule.",
		"A semicolon does not part arguments (character %d). Write a comma.",
	},
	"expression_equal":     {"« == » n'existe pas (caractère %d). Écrivez « = ».", "“==” does not exist (character %d). Write “=”."},
	"expression_different": {"« <> » n'existe pas (caractère %d). Écrivez « != ».", "“<>” does not exist (character %d). Write “!=”."},
	"expression_not":       {"« ! » n'existe pas seul (caractère %d). Écrivez not(…) ou « != ».", "“!” does not exist alone (character %d). Write not(…) or “!=”."},
	"expression_and":       {"« && » n'existe pas (caractère %d). Écrivez « and ».", "“&&” does not exist (character %d). Write “and”."},
	"expression_or":        {"« || » n'existe pas (caractère %d). Écrivez « or ».", "“||” does not exist (character %d). Write “or”."},
	"expression_join":      {"« & » ne joint pas les textes (caractère %d). Écrivez concat(a, b).", "“&” does not join texts (character %d). Write concat(a, b)."},
	"expression_at_least":  {"« => » n'existe pas (caractère %d). Écrivez « >= ».", "“=>” does not exist (character %d). Write “>=”."},
	"expression_at_most":   {"« =< » n'existe pas (caractère %d). Écrivez « <= ».", "“=<” does not exist (character %d). Write “<=”."},
	"expression_bare": {
		"« %s » est une question : écrivez ${%s}.",
		"“%s” is a question: write ${%s}.",
	},
	"expression_name": {
		"« %s » n'est ni une question ni un texte. Écrivez '%s' entre guillemets droits si c'est une valeur. Question la plus proche : %s.",
		"“%s” is neither a question nor a text. Write '%s' between straight quotes if it is a value. Nearest question: %s.",
	},
	"instance_clash": {
		"Deux sources de données différentes s'appellent « %s » (%s et %s). Renommez l'une.",
		"Two different sources of data are called “%s” (%s and %s). Rename one of them.",
	},
	"instance_twice": {
		"Deux fichiers externes s'appellent « %s ». Gardez-en un, ou renommez-le.",
		"Two external files are called “%s”. Keep one, or rename it.",
	},
	"instance_id_needed": {
		"« omit_instanceID » ne va pas avec le chiffrement : l'identifiant est nécessaire.",
		"“omit_instanceID” does not go with encryption: the identifier is needed.",
	},
	"old_device_type": {
		"« %s » n'est plus disponible sur la plupart des appareils.",
		"“%s” is no longer available on most devices.",
	},
	"max_pixels": {
		"Ajoutez le paramètre « max-pixels » : les photos seront plus légères.",
		"Add the parameter “max-pixels”: photos will be lighter.",
	},
	"audit_name": {
		"La question « audit » doit s'appeler « audit » : laissez son nom vide.",
		"The question “audit” must be named “audit”: leave its name empty.",
	},
	"audit_location": {
		"Pour noter le lieu, il faut les trois paramètres : %s.",
		"To log the place, all three parameters are needed: %s.",
	},
	"audit_age": {
		"« location-max-age » doit être au moins « location-min-interval ».",
		"“location-max-age” must be at least “location-min-interval”.",
	},
	"parameter_form":        {"Le paramètre « %s » est mal écrit. Écrivez nom=valeur, séparés par des espaces.", "The parameter “%s” is badly written. Write name=value, parted by spaces."},
	"parameter_unknown":     {"Le paramètre « %s » n'existe pas pour ce type. Paramètres possibles : %s.", "The parameter “%s” does not exist for this type. Possible parameters: %s."},
	"parameter_integer":     {"Le paramètre « %s » doit être un nombre entier, pas « %s ».", "The parameter “%s” must be a whole number, not “%s”."},
	"parameter_number":      {"Le paramètre « %s » doit être un nombre, pas « %s ».", "The parameter “%s” must be a number, not “%s”."},
	"parameter_count":       {"Le paramètre « %s » doit être un nombre entier positif ou nul, pas « %s ».", "The parameter “%s” must be a whole number, zero or more, not “%s”."},
	"parameter_truth":       {"Le paramètre « %s » doit être true ou false, pas « %s ».", "The parameter “%s” must be true or false, not “%s”."},
	"parameter_quality":     {"Le paramètre « %s » doit être voice-only, low, normal ou external, pas « %s ».", "The parameter “%s” must be voice-only, low, normal or external, not “%s”."},
	"parameter_reasons":     {"Le paramètre « %s » doit être on-form-edit, pas « %s ».", "The parameter “%s” must be on-form-edit, not “%s”."},
	"parameter_priority":    {"Le paramètre « %s » doit être no-power, low-power, balanced ou high-accuracy, pas « %s ».", "The parameter “%s” must be no-power, low-power, balanced or high-accuracy, not “%s”."},
	"parameter_incremental": {"Le paramètre « %s » ne peut être que true, pas « %s » ; sinon, retirez-le.", "The parameter “%s” can only be true, not “%s”; otherwise remove it."},
	"parameter_seed":        {"Le paramètre « %s » doit être un nombre ou une référence ${nom}, pas « %s ».", "The parameter “%s” must be a number or a reference ${name}, not “%s”."},
	"parameter_name":        {"Le paramètre « %s » doit être le nom d'une colonne du fichier, sans espace, pas « %s ».", "The parameter “%s” must be the name of a column of the file, without spaces, not “%s”."},
	"parameter_package":     {"Le paramètre « app » doit être le nom d'une application Android (org.exemple.app), pas « %s ».", "The parameter “app” must be the name of an Android app (org.example.app), not “%s”."},
	"seed_alone":            {"« seed » demande aussi « randomize=true ».", "“seed” needs “randomize=true”, too."},
	"range_zero":            {"Le paramètre « %s » ne peut pas être zéro. Écrivez la taille d'un pas, par exemple 1.", "The parameter “%s” cannot be zero. Write the size of a step, such as 1."},
	"range_too_large":       {"Le paramètre « %s » dépasse l'étendue, de « start » à « end ». Réduisez-le.", "The parameter “%s” is larger than the range from “start” to “end”. Make it smaller."},
	"range_label_number":    {"Dans la liste de « tick_labelset », « %s » n'est pas un nombre. Les noms de ces choix sont des valeurs de l'échelle.", "In the list of “tick_labelset”, “%s” is no number. The names of these choices are values of the scale."},
	"range_label_step":      {"Dans la liste de « tick_labelset », « %s » ne tombe pas sur une valeur de l'échelle : partez de « start » et comptez par « %s ».", "In the list of “tick_labelset”, “%s” is no value of the scale: begin at “start” and count by “%s”."},
	"range_multiple":        {"Le paramètre « %s » doit être un multiple de « step ».", "The parameter “%s” must be a multiple of “step”."},
	"range_between":         {"Le paramètre « %s » doit rester entre « start » et « end ».", "The parameter “%s” must stay between “start” and “end”."},
	"range_labels":          {"« tick_labelset » doit nommer une liste de la feuille « choices ». Liste la plus proche : %s.", "“tick_labelset” must name a list of the sheet “choices”. Nearest list: %s."},
	"range_two_labels":      {"Sans graduations, « tick_labelset » ne peut avoir que deux choix : le début et la fin.", "Without ticks, “tick_labelset” may have two choices only: the start and the end."},
	"range_appearance":      {"« tick_interval », « placeholder » et « tick_labelset » ne vont pas avec cette apparence.", "“tick_interval”, “placeholder” and “tick_labelset” do not go with this appearance."},
	"geometry_source":       {"« reference-geometry » doit nommer une liste, un fichier ou une question : « %s » n'en est pas.", "“reference-geometry” must name a list, a file or a question: “%s” is none."},
}
