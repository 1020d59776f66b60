package demo

// The tables below say how often each answer is given. They are invented:
// plausible for a street team of a French city, measured nowhere.

// team is an outreach team: where it goes, on which evenings, from when.
type team struct {
	name      string
	districts []string
	weekdays  []int // 0 = Sunday
	start     int   // hour
	hours     int   // length of the outing
	staff     int
}

var teams = []team{
	{"Maraude Nord", []string{"q04", "q05", "q06", "q10"}, []int{1, 4}, 19, 4, 3},
	{"Maraude Sud", []string{"q08", "q09", "q11", "q12"}, []int{2, 5}, 19, 4, 3},
	{"Maraude Centre", []string{"q01", "q02", "q03", "q07"}, []int{3, 6}, 21, 4, 4},
	{"Équipe mobile", everywhere, []int{1, 3, 5}, 14, 3, 2},
}

// everywhere is every district of the city.
var everywhere = []string{"q01", "q02", "q03", "q04", "q05", "q06", "q07", "q08", "q09", "q10", "q11", "q12"}

// homes weighs the districts in which persons live.
var homes = parse("q01:30 q02:8 q03:8 q04:6 q05:9 q06:3 q07:4 q08:8 q09:6 q10:8 q11:9 q12:5 q99:4")

// stepEnds weighs how the steps end that were promised.
var stepEnds = parse("done:70 not_possible:12 cancelled:6 lost:12")

var (
	ages        = parse("a18:14 a25:30 a40:28 a55:13 a65:5 a00:1 dk:9")
	genders     = parse("m:68 f:29 x:1 rf:2")
	nights      = parse("street:18 public:8 tent:16 night_shelter:9 hostel:8 institution:1 vehicle:7 squat:9 third:10 home_threat:3 home_bad:4 home:5 dk:1 rf:1")
	since       = parse("m0:9 m1:14 m3:25 y1:31 y5:11 y10:8 dk:2")
	singles     = parse("hs:70 fs:22 grp:3 mna:1 dk:4")
	families    = parse("cs:40 cse:22 fse:28 hse:4 grp:6")
	contactsOdd = parse("talk:66 short:18 refused:9 asleep:7")
	strangers   = parse("talk:22 short:30 refused:18 asleep:14 seen:11 left_note:5")
	informed    = parse("oral:74 leaflet:13 interp:7 later:6")
	phones      = parse("ok:52 flat:28 none:20")
	calls       = parse("yes:27 no_today:26 no_more:31 never:13 dk:3")
	whyNo115    = parse("nophone:14 full:41 notknow:6 unsafe:16 pets:9 split:7 far:8 prefers:12 has:6 other:2")
	urgencies   = parse("danger:3 days:24 weeks:39 later:34")
	done        = parse("drink_food:40 kit:14 talk:30 info:18 call115:9 accompany:3 none:5")
	answers     = parse("accepts:51 thinks:24 declines:14 already:11")
	whyNot      = parse("no_offer:12 full:30 not_eligible:7 far:9 cost:5 rules:9 unsafe:6 digital:8 language:5 tired:8 unknown:9 declined:4")
	strengths   = parse("skill:20 ties:22 place:14 pet:13 art:7 sport:6 faith_in_self:13 help:11 languages:9 health_habit:5")
	weather     = parse("dry:55 rain:28 wind:8 frost:5 heat:4")
	placesOut   = parse("street:30 tent_camp:14 vehicle:6 parking:7 hall:6 station:11 squat:7 park:10 day_centre:5 meal:4")
	placesIn    = parse("day_centre:38 social_centre:14 home:12 shelter:16 hotel:7 phone:6 library:4 third_home:3")
	needsStreet = parse("food:19 hygiene:11 clothing:14 shelter:22 housing:9 storage:4 animals:4 health:10 listening:9 mobility:3 rights:10 money:4 protection:3 digital:5 language:3 family:2 work:4 social:5 other:1")
	needsTalk   = parse("food:6 hygiene:6 clothing:4 shelter:9 housing:21 storage:2 animals:2 health:9 listening:4 mobility:5 rights:18 money:10 protection:3 digital:9 language:5 family:5 work:10 social:8 culture:3 sport:2 citizen:1")
	covered     = parse("yes:19 partial:29 no:47 dk:5")
	publics     = parse("errance:36 no_income_right:14 very_low:38 rights_access:31 insertion:24 far:17 none:3")
	triggers    = parse("family:31 violence:11 eviction:17 end_stay:13 institution:6 resources:22 arrival:15 unfit:5 other:4 rf:4")
	incomes     = parse("r0:27 r1:9 r2:38 r3:18 r4:5 dk:3 rf:4")
	benefits    = parse("rsa:42 are_ass:11 aah:9 apl:9 pf:8 ada:7 retraite:5 aspa:2 prime_activite:5 rf:2")
	rightCodes  = parse("rsa:16 apl:6 css:14 puma:9 ame:5 domiciliation:17 id_papers:9 stay:6 social_housing:16 dalo:4 siao:14 ccas_aid:6 food_aid:9 sortir:8 transport:6 mdph:4 debt:2 digital_help:5")
	rightStatus = parse("has:38 pending:23 eligible_no:24 refused:6 suspended:7 dk:2")
	takeup      = parse("nonknow:34 nondemand:38 nonreceipt:19 nonoffer:9")
	takeupWhy   = parse("info:32 complex:31 fear:12 self:11 stigma:9 digital:15 phone:7 refused_before:10 papers:16 worth:3")
	activities  = parse("job:5 unstable:11 seek:27 train:5 none:36 retired:7 unable:9")
	devices     = parse("phone:18 smart:51 pc:6 pub:12")
	internet    = parse("daily:41 some:34 no:25")
	online      = parse("alone:24 helped:43 cannot:33")
	likes       = parse("music:25 cinema:9 reading:11 art:8 sport:13 nature:12 games:8 cook:14 volunteer:6")
	outings     = parse("m1:21 y1:28 old:36 never:15")
	lonely      = parse("often:41 some:36 rare:19 rf:4")
	care        = parse("ok:46 renounced:37 no_cover:17")
	moves       = parse("walk:44 bus:39 bike:11 car:6 stuck:8")
	voices      = parse("quote:30 meet:15 research:10 none:45")
	hows        = parse("info:34 call:41 accompanied:25")
	languages   = parse("fr:78 interp:8 mix:14")
	foodDays    = parse("d0:38 d1:36 d3:26")
	threats     = parse("no:52 notice:29 date:19")
	yesNo       = parse("yes:42 no:58")
	cases       = parse("alone:58 family:17 group:7 tents:18")
	uses        = parse("day:28 meal:34 wash:22 mail:18 none:14")
	atmospheres = parse("calm:70 tense:24 conflict:6")
)

// handles are what teams call people; no full name is ever made up.
var handles = []string{
	"Loulou", "Le Marin", "Momo", "Titi", "La Bretonne", "Papy Jo", "Nono", "Mimi", "Kiki", "Le Grand",
	"Zaza", "Tonton", "Fanfan", "Lulu", "Jeannot", "Bébert", "Sissi", "Doudou", "Le Poète", "Casquette",
	"Lili", "Dédé", "Riton", "Cathy", "Yanis", "Moussa", "Ania", "Goran", "Soizic", "Gwen", "Tanguy",
	"Maëlle", "Erwan", "Nolwenn", "Youssef", "Fatou", "Ibra", "Sacha", "Vlad", "Irina", "Léa", "Hugo",
	"Samir", "Nadia", "Joël", "Béa", "Rémi", "Zoé", "Noé", "Inès",
}

// ownWords are sentences that a person may have said of a need.
var ownWords = map[string][]string{
	"food":       {"Le soir il n'y a plus rien d'ouvert pour manger chaud.", "Je mange une fois par jour, ça dépend.", "Le colis tient trois jours, après c'est débrouille.", "Sans de quoi cuisiner, les pâtes ne servent à rien."},
	"hygiene":    {"Une douche le week-end, ça n'existe pas ici.", "Les toilettes ferment à dix-neuf heures, on fait comment ?", "Laver mes vêtements, c'est ce qui me manque le plus.", "On sent mauvais et les gens changent de trottoir."},
	"clothing":   {"Mon duvet est trempé depuis trois jours.", "Il me faut des chaussures, du 44.", "Des chaussettes sèches, c'est tout ce que je demande."},
	"shelter":    {"J'ai arrêté d'appeler, c'est toujours complet.", "Une nuit par-ci par-là, ça ne repose pas.", "On nous propose deux endroits différents, on est un couple.", "Je préfère la voiture au dortoir."},
	"housing":    {"Je veux une clé, à moi, c'est tout.", "Huit ans que j'ai fait la demande.", "L'hôtel à cinq dans une chambre, les enfants ne dorment plus.", "Le propriétaire vend, on doit partir en juin."},
	"storage":    {"Je porte tout sur le dos, tout le temps.", "On m'a volé mes papiers avec le sac.", "Si je laisse la tente, je ne la retrouve pas."},
	"animals":    {"Sans mon chien je ne rentre nulle part.", "Le vétérinaire, c'est trop cher.", "Ils disent oui à moi et non à elle, elle c'est ma chienne."},
	"health":     {"J'attends que ça passe, je n'ai plus de carte.", "Le dentiste, ça fait des années.", "Je voudrais voir quelqu'un sans attendre six mois."},
	"listening":  {"Parler cinq minutes, ça fait ma journée.", "Personne ne me demande jamais comment ça va.", "J'ai besoin de souffler."},
	"mobility":   {"Le rendez-vous est à l'autre bout et je n'ai pas de ticket.", "À pied avec la poussette, c'est une heure.", "Après vingt et une heures il n'y a plus de bus pour là-bas."},
	"rights":     {"On m'a dit de revenir avec un papier que je n'ai pas.", "Mon dossier est quelque part, je ne sais pas où.", "Je ne savais même pas que j'y avais droit.", "Ils m'ont radié parce que je n'ai pas reçu la lettre."},
	"money":      {"Le dix du mois il n'y a plus rien.", "Je rembourse une dette qui n'est même pas la mienne.", "La banque a bloqué le compte."},
	"protection": {"La nuit je ne dors que d'un œil.", "Je change d'endroit chaque soir pour qu'on ne me trouve pas."},
	"digital":    {"Tout est sur internet et moi je n'ai pas d'internet.", "Mon téléphone est mort, où je le recharge ?", "J'ai perdu le mot de passe, donc j'ai perdu mes droits."},
	"language":   {"Je comprends un peu, mais les lettres non.", "Je voudrais des cours le soir."},
	"family":     {"L'école est loin de l'hôtel.", "Je voudrais une place pour le petit, pour chercher du travail.", "Mes enfants me manquent."},
	"work":       {"Je suis cariste, j'ai tous mes permis.", "Sans adresse, personne ne rappelle.", "Je veux travailler, même à la journée."},
	"social":     {"Je connais tout le monde de vue et personne en vrai.", "Le dimanche, c'est le plus long.", "J'aimais bien le café d'avant, il a fermé."},
	"culture":    {"J'allais au cinéma, avant.", "Je joue de la guitare, mais je n'ai plus de guitare."},
	"sport":      {"Courir me tient debout.", "Il manque un endroit pour se changer."},
	"citizen":    {"On parle de nous sans nous.", "Je veux bien venir le dire, moi, à la mairie."},
	"other":      {"Ce que je voudrais n'est pas dans vos cases."},
}

// laundry are the words of the need that the demo plants.
var laundry = []string{
	"La laverie du quartier a fermé, il n'y en a plus d'autre.",
	"Pour laver le linge il faut traverser la ville.",
	"Depuis que la laverie a fermé je garde mes affaires sales.",
	"Dix euros la machine, avec deux enfants, je ne peux pas.",
}

// signals are what teams notice and no list holds.
var signals = []string{
	"La laverie de la dalle est fermée depuis le mois dernier.",
	"Plusieurs personnes demandent où laver du linge.",
	"Nouvelles voitures habitées derrière le gymnase.",
	"Le point d'eau du parc est coupé.",
	"Beaucoup de téléphones déchargés ce soir.",
}

// wishes are first requests and wishes for the months to come.
var wishes = []string{
	"Avoir une adresse pour recevoir mon courrier.", "Dormir au sec et garder mon chien.", "Revoir mes enfants.",
	"Que quelqu'un m'aide à refaire mes papiers.", "Un logement, même petit.", "Retrouver du travail dans le bâtiment.",
	"Comprendre où en est ma demande.", "Me poser, et après on verra.", "Pouvoir me soigner les dents.",
}

// places are what is good about where a person lives, and skills.
var (
	goodPlaces = []string{"On se connaît tous et on se garde les affaires.", "Il y a un robinet.", "C'est calme le matin.", "Les voisins disent bonjour."}
	skills     = []string{"Cuisine pour vingt personnes sans souci.", "Réparer des vélos.", "Peinture et plâtre.", "Parler quatre langues.", "Coudre."}
	missing    = []string{"La fatigue de répéter son histoire.", "L'attente, que rien ne mesure.", "Où laver son linge.", "Le chien n'est nulle part dans les questions."}
	nextSteps  = []string{"Rappeler pour le rendez-vous.", "Passer au guichet ensemble.", "Apporter le formulaire de domiciliation.", "Prendre des nouvelles."}
	toElected  = []string{"Ouvrez les douches le dimanche.", "On n'est pas invisibles.", "Plus de bancs, moins de grilles.", "Merci de demander."}
	privates   = []string{"Revoir avec l'équipe la prochaine étape.", "Préfère être vu·e le matin."}
)
