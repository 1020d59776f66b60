package main

import (
	"github.com/alecthomas/kong"

	"solidaren/diagnostics"
)

// words are the texts of the help, by the name that the grammar gives them.
var words = map[string]diagnostics.Text{
	"about": {
		FR: "Le travail de SolidaRen sans fenêtre : questionnaires, carnets, recherche, envoi, classeurs.",
		EN: "The work of SolidaRen without a window: forms, notebooks, search, sync, workbooks.",
	},
	"json":            {FR: "Écrire un objet JSON sur la sortie standard.", EN: "Print one JSON object on standard output."},
	"lang":            {FR: "Langue des phrases : fr ou en.", EN: "Language of the sentences: fr or en."},
	"vault_dir":       {FR: "Dossier du carnet.", EN: "Folder of the notebook."},
	"passphrase_file": {FR: "Fichier qui contient la phrase de passe, « - » pour l'entrée standard.", EN: `File that holds the passphrase, "-" for standard input.`},

	"form":             {FR: "Questionnaires : vérifier, compiler, dérouler, donner à l'équipe.", EN: "Forms: check, compile, play, give to the team."},
	"form_check":       {FR: "Accepter ou refuser un questionnaire, chaque erreur avec sa cellule.", EN: "Accept or refuse a form, each error with its cell."},
	"form_compile":     {FR: "Écrire le XForm d'un questionnaire sur la sortie standard.", EN: "Print the XForm of a form on standard output."},
	"form_play":        {FR: "Dérouler une liste de gestes et écrire l'état après chacun.", EN: "Play a list of steps and print the state after each."},
	"form_import":      {FR: "Donner un questionnaire à l'équipe du carnet, s'il n'y a rien à corriger.", EN: "Give the notebook's team a form, where nothing has to be mended."},
	"form_import_file": {FR: "Questionnaire (.xlsx .md .csv .xml), 1 Mo au plus.", EN: "Form (.xlsx .md .csv .xml), 1 MB at most."},
	"form_dry_run":     {FR: "Dire ce qui changerait, sans rien écrire.", EN: "Tell what would change, and write nothing."},
	"form_list":        {FR: "Montrer les questionnaires du carnet et ce qui a été écrit avec chaque version.", EN: "Show the notebook's forms and what was written with each version."},
	"for_team":         {FR: "Refuser aussi ce qu'aucune équipe ne peut demander, avec l'article qui l'interdit.", EN: "Refuse what no team may ask, too, with the article that forbids it."},
	"form_file":        {FR: "Questionnaire (.xlsx .md .csv .xml) ou nom d'un questionnaire fourni ou reçu.", EN: "Form (.xlsx .md .csv .xml) or the id of a form that comes with the program or was received."},
	"script":           {FR: "Liste de gestes en JSON.", EN: "List of steps in JSON."},
	"jsonl":            {FR: "Lire des lignes {id, md, name} et en écrire {id, xform} ou {id, errors}.", EN: "Read lines {id, md, name} and write {id, xform} or {id, errors}."},

	"xpath":      {FR: "Expressions des questionnaires.", EN: "Expressions of forms."},
	"xpath_eval": {FR: "Évaluer des lignes {expr, xml, context, type} de l'entrée standard.", EN: "Evaluate lines {expr, xml, context, type} of standard input."},
	"tz":         {FR: "Fuseau horaire (Europe/Paris) ; celui de la machine par défaut.", EN: "Time zone (Europe/Paris); the machine's by default."},

	"vault_rescue": {FR: "Sortir d'un carnet abîmé ce qui n'est pas encore envoyé, dans un carnet neuf.", EN: "Take out of a damaged notebook what was not sent yet, into a new one."},
	"rescue_into":  {FR: "Dossier du carnet neuf.", EN: "Folder of the new notebook."},
	"vault":        {FR: "Le carnet : créer, essayer d'ouvrir, changer ses clés, copier, vérifier.", EN: "The notebook: create, try to open, change its keys, copy, verify."},
	"vault_create": {FR: "Créer un carnet dans --vault.", EN: "Create a notebook in --vault."},
	"vault_unlock": {FR: "Vérifier la phrase de passe du carnet.", EN: "Check the passphrase of the notebook."},

	"vault_passphrase":    {FR: "Changer la phrase de passe.", EN: "Change the passphrase."},
	"vault_recovery":      {FR: "Faire une nouvelle fiche de secours ; l'ancienne n'ouvre plus rien.", EN: "Make a new recovery sheet; the one before opens nothing any more."},
	"vault_rotate":        {FR: "Changer la clé des données et sceller de nouveau tout le carnet.", EN: "Change the data key and seal the whole notebook anew."},
	"vault_backup":        {FR: "Copier le carnet, scellé, dans un dossier ou sur une clé USB, et relire la copie.", EN: "Copy the notebook, sealed, to a folder or a USB stick, and read the copy back."},
	"vault_verify":        {FR: "Lire tout le carnet, ou une copie, et dire s'il est entier.", EN: "Read the whole notebook, or a backup, and tell whether it is whole."},
	"backup_out":          {FR: "Dossier dans lequel la copie est faite.", EN: "Folder in which the copy is made."},
	"sheet_out":           {FR: "Fiche de secours à écrire, une page à imprimer.", EN: "Recovery sheet to write, one page to print."},
	"recovery_file":       {FR: "Fichier qui contient le code de secours, à la place de la phrase.", EN: "File that holds the recovery code, in the place of the passphrase."},
	"new_passphrase_file": {FR: "Fichier qui contient la nouvelle phrase de passe.", EN: "File that holds the new passphrase."},
	"keyring":             {FR: "Garder une part de la clé dans le trousseau de ce poste.", EN: "Keep a part of the key in this computer's keyring."},

	"demo":      {FR: "Données inventées.", EN: "Made-up data."},
	"demo_fill": {FR: "Remplir le carnet de données inventées, les mêmes pour la même graine.", EN: "Fill the notebook with made-up data, the same for the same seed."},
	"persons":   {FR: "Nombre de personnes.", EN: "Number of persons."},
	"seed":      {FR: "Graine.", EN: "Seed."},
	"until":     {FR: "Dernier jour des données (AAAA-MM-JJ).", EN: "Last day of the data (YYYY-MM-DD)."},

	"record":   {FR: "Enregistrer un diagnostic terminé depuis un fichier de réponses.", EN: "Enter one finished diagnostic from a file of answers."},
	"answers":  {FR: "Réponses en JSON : question → texte, groupe → objet, répétition → tableau.", EN: "Answers in JSON: question → string, group → object, repeat → array."},
	"team":     {FR: "Équipe de la rencontre ; celle de la maraude en cours par défaut.", EN: "Team of the encounter; that of the shift under way by default."},
	"corrects": {FR: "Diagnostic que celui-ci corrige.", EN: "Diagnostic that this one corrects."},

	"search":      {FR: "Chercher des personnes par code, surnom ou nom.", EN: "Search persons by code, handle or name."},
	"search_text": {FR: "Ce que l'on cherche.", EN: "What is looked for."},
	"limit":       {FR: "Nombre de lignes au plus.", EN: "Greatest number of lines."},

	"enrol":       {FR: "Rejoindre une équipe avec une invitation.", EN: "Join a team with an invite."},
	"invite":      {FR: "Invitation, un seul mot.", EN: "Invite, one word."},
	"device_name": {FR: "Nom de cette machine pour l'équipe.", EN: "Name of this machine for the team."},
	"sync":        {FR: "Envoyer et recevoir jusqu'à ce qu'il ne reste rien.", EN: "Send and receive until nothing remains."},

	"team_commands":   {FR: "L'équipe : ses postes, ses invitations, ce que la loi demande.", EN: "The team: its computers, its invites, what the law asks for."},
	"team_list":       {FR: "Montrer les postes, les mots de leurs clés et les invitations qui attendent.", EN: "Show the computers, the words of their keys, and the invites that wait."},
	"team_invite":     {FR: "Faire une invitation ; elle n'est montrée que maintenant.", EN: "Make an invite; it is shown now and never again."},
	"team_role":       {FR: "worker, social_worker, coordinator, researcher ou admin.", EN: "worker, social_worker, coordinator, researcher or admin."},
	"team_withdraw":   {FR: "Retirer une invitation qui attend.", EN: "Take back an invite that waits."},
	"team_invite_id":  {FR: "Numéro de l'invitation, tel que list le montre.", EN: "Id of the invite, as list shows it."},
	"team_revoke":     {FR: "Retirer un poste de l'équipe, pour toujours.", EN: "Take a computer out of the team, for ever."},
	"team_device":     {FR: "Numéro du poste, tel que list le montre.", EN: "Id of the computer, as list shows it."},
	"team_why":        {FR: "replaced : ce qu'il n'a pas envoyé est encore pris. stolen : plus rien n'entre ni ne sort.", EN: "replaced: what it has not sent is still taken. stolen: nothing goes in or out."},
	"team_safeguards": {FR: "Montrer, ou indiquer, l'analyse d'impact et le délégué à la protection des données.", EN: "Show, or enter, the impact assessment and the data protection officer."},
	"team_impact":     {FR: "Référence de l'analyse d'impact (AIPD).", EN: "Reference of the impact assessment (DPIA)."},
	"team_officer":    {FR: "Contact du délégué à la protection des données.", EN: "Contact of the data protection officer."},

	"import":           {FR: "Lire un fichier dans le carnet.", EN: "Take a file into the notebook."},
	"import_directory": {FR: "Acteurs et actions (qui fait quoi) d'un classeur .xlsx ou d'un tableau .csv.", EN: "Actors and actions (who does what) of a workbook .xlsx or a table .csv."},
	"directory_file":   {FR: "Classeur ou tableau, « - » pour l'entrée standard.", EN: `Workbook or table, "-" for standard input.`},
	"dry_run":          {FR: "Dire ce qui changerait, sans rien écrire.", EN: "Tell what would change, and write nothing."},
	"source":           {FR: "Qui a vérifié ces lignes ; l'équipe de ce poste par défaut.", EN: "Who checked these lines; the team of this computer by default."},

	"rights":           {FR: "Droits des personnes et durées de conservation.", EN: "Rights of persons, and how long their data are kept."},
	"rights_access":    {FR: "Écrire tout ce que le carnet sait d'une personne, à lui remettre (PDF et JSON).", EN: "Write all that the notebook knows of a person, to be handed over (PDF and JSON)."},
	"rights_request":   {FR: "Noter ce qu'une personne demande.", EN: "Write down what a person asks."},
	"rights_list":      {FR: "Montrer les demandes et leur échéance.", EN: "Show the requests and when they are due."},
	"rights_extend":    {FR: "Donner deux mois de plus à une demande, avec la raison.", EN: "Give a request two more months, with the reason."},
	"rights_close":     {FR: "Noter la réponse donnée à une demande.", EN: "Write down how a request was answered."},
	"rights_erase":     {FR: "Effacer une personne à sa demande, notée par un autre poste.", EN: "Erase a person at their request, written down on another computer."},
	"rights_retention": {FR: "Montrer les dossiers au bout de leur durée ; --erase les efface.", EN: "Show the files at the end of their time; --erase erases them."},
	"rights_archive":   {FR: "Garder un dossier plus longtemps, avec une raison, une fin et qui peut l'ouvrir.", EN: "Keep a file longer, with a reason, an end, and who may open it."},
	"rights_log":       {FR: "Montrer le journal d'accès de ce carnet, vérifié.", EN: "Show the access log of this notebook, verified."},
	"rights_person":    {FR: "Code ou numéro de la personne.", EN: "Code or id of the person."},
	"rights_kind":      {FR: "access, rectify, erase, restrict ou object.", EN: "access, rectify, erase, restrict or object."},
	"rights_identity":  {FR: "Comment l'identité a été vérifiée : code, known, third ou document.", EN: "How the identity was checked: code, known, third or document."},
	"rights_received":  {FR: "Jour de la demande (AAAA-MM-JJ), aujourd'hui par défaut.", EN: "Day of the request (YYYY-MM-DD), today by default."},
	"rights_number":    {FR: "Numéro de la demande.", EN: "Id of the request."},
	"rights_why":       {FR: "Raison, telle que la personne la lira.", EN: "Reason, as the person will read it."},
	"rights_answer":    {FR: "done, partial, refused ou withdrawn.", EN: "done, partial, refused or withdrawn."},
	"rights_pdf":       {FR: "Document à écrire (PDF).", EN: "Document to write (PDF)."},
	"rights_json":      {FR: "Les mêmes données en JSON.", EN: "The same data as JSON."},
	"rights_days":      {FR: "Nombre de jours à venir.", EN: "Days ahead."},
	"rights_now":       {FR: "Effacer ceux dont la durée est atteinte.", EN: "Erase those whose time is over."},
	"rights_until":     {FR: "Fin de l'archivage (AAAA-MM-JJ) ; sans elle, le dossier sort de l'archive.", EN: "End of the archive (YYYY-MM-DD); without it the file leaves the archive."},
	"rights_who":       {FR: "Qui peut l'ouvrir : coordination ou dpo.", EN: "Who may open it: coordination or dpo."},

	"export":       {FR: "Classeurs Excel.", EN: "Excel workbooks."},
	"export_needs": {FR: "L'analyse des besoins, protégée pour son public.", EN: "The needs analysis, protected for its audience."},
	"export_raw":   {FR: "Les réponses, une ligne par diagnostic.", EN: "The answers, one row a diagnostic."},
	"from":         {FR: "Premier jour (AAAA-MM-JJ).", EN: "First day (YYYY-MM-DD)."},
	"to":           {FR: "Dernier jour, compris.", EN: "Last day, included."},
	"audience":     {FR: "Public : plenary, restricted ou group.", EN: "Audience: plenary, restricted or group."},
	"out":          {FR: "Classeur à écrire.", EN: "Workbook to write."},
	"raw_form":     {FR: "Questionnaire dont on veut les réponses.", EN: "Form whose answers are wanted."},
	"raw_texts":    {FR: "Avec les textes libres.", EN: "With the free texts."},
	"raw_audience": {FR: "Pour qui : plenary, restricted ou group. Sans effet ici : aucune case à masquer.", EN: "For whom: plenary, restricted or group. Without effect here: no cell to hide."},
}

// helpWords hands the words of the help to the grammar.
func helpWords(lang string) kong.Option {
	vars := kong.Vars{}
	for name, text := range words {
		vars[name] = text.In(lang)
	}
	return vars
}
