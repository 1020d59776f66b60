package likeness

import (
	"slices"
	"strings"
	"sync"
)

// Diminutives gives the other names by which someone of that name may be known:
// of a full name its short ones, of a short name the full ones it may stand for.
// All are folded. A full name that is spelt in another way of the same sound has
// the same short ones.
func Diminutives(word string) []string {
	byName := diminutiveIndex()
	if found, ok := byName[word]; ok {
		return slices.Clone(found)
	}
	for _, key := range SoundKeys(word) {
		for _, full := range byName[key] { // keys are capitals, names are not
			if NewWord(word).soundCost(NewWord(full)) <= OneSlip {
				return slices.Clone(byName[full])
			}
		}
	}
	return nil
}

var diminutiveIndex = sync.OnceValue(func() map[string][]string {
	index := map[string][]string{}
	add := func(from, to string) {
		if from != to && !slices.Contains(index[from], to) {
			index[from] = append(index[from], to)
		}
	}
	for line := range strings.Lines(diminutives) {
		full, short, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		for _, s := range strings.Fields(short) {
			add(full, s)
			add(s, full)
		}
		for _, key := range SoundKeys(full) {
			add(key, full)
		}
	}
	return index
})

// diminutives lists full names with what people are called instead, and with
// the forms of a name in other languages that no rule of sound brings together.
// All words are folded; a compound name is its parts as one word.
const diminutives = `
abdallah: abdou abdul
abdelaziz: abdel aziz zizou abdou
abdelhamid: abdel hamid abdou
abdelkader: abdel kader kada abdou
abdelkrim: abdel karim krimo abdou
abdellatif: abdel latif
abdelmalek: abdel malek malik
abdelrahman: abdel rahman abderrahmane abdou
abdoulaye: abdou laye ablaye
abdullah: abdallah abdou abdul
abraham: ibrahim bram abe
adelaide: ade
adeline: ade line
adrien: adri rien
adriana: adri ana
agnes: agneska nes
ahmed: hmed ahmad amed
aicha: aichatou aissatou aissa
aissatou: aissa aicha
alain: lain
alassane: lassana alou hassan
albert: bebert bertie al
alberto: beto albert
aleksandr: sacha alex sander alexandre
alexandra: alex sandra sacha sandrine alexa lexa sania
alexandre: alex aleksandr oleksandr sacha xandre sander sandro alexandru aleksander alexei iskander
alexandru: alex sandu alexandre
alexis: alex alexi alexei
alfred: fredo fred alf
alice: ali lili
alicia: ali alice
aline: line lili
alphonse: fonfon fonse
amandine: mandine amande didine
amelie: lili mel ame
amina: mina aminata
aminata: ami amy mina
anastasia: nastia stacy ana
anatole: tola natole
andre: dede andrea andrew andrei
andreas: andre andi
andrzej: andre andi
ange: angelo
angelique: ange angel gelique
angela: angie ange
anna: ania anya annie nana
anne: annie nanou anna annick
anneliese: anne lise
annemarie: anne marie annie
antoine: toine tony titoine anto toni antonin
antoinette: toinette netta
anton: tocha toni antoine
antonio: toni tony antoine nino
armand: arma mando
arnaud: nono arno
arthur: tutur art
assane: hassan alassane
aude: audrey
audrey: audie drey
augustin: gus gustin tintin
aurelie: relie lili aure
aurelien: aure lien
babacar: baba boubacar
baptiste: bat bapt titi battiste
barbara: barb babs babou
basile: bazil vassili
bastien: bast
beatrice: bea trice beate
benedicte: ben bene
benjamin: ben benji benj
benoit: ben benito
bernadette: nadette bernie berna
bernard: nanard bernie nard
bertrand: bebert bertie
blaise: blaisou
bogdan: bogdi bodia
boris: bob boria
boubacar: bouba boub babacar aboubacar abubakar
aboubacar: bouba abou babacar
brahim: ibrahim bra
brigitte: bri gigi brigit bibi
bruno: nono brunet
camille: cam camcam mimi
carine: karine caro
carlos: carlito charles
carole: caro carolle
caroline: caro line carole
catherine: cathy cath katia kate katy catarina kathie
cecile: cec ceci cile
celine: cel line celinette
chantal: chanchan tatal
charles: charlie charlot karl carlos
charlotte: charlie cha lotte chacha
cheikh: cheikhou cheick sheikh
christelle: chris cricri christel
christian: chris cricri kiki christ
christiane: chris cricri kiki
christine: chris cricri kiki titine
christophe: chris tophe totof kiki cristof
claire: clairette clara
claude: clo claudie coco
claudine: clo didine claudie
clement: clem
clementine: clem titine mentine
colette: coco lette
constantin: kostia costa costel dinu
corinne: coco corie
cristian: cristi chris
cristina: cristi tina
cyril: cyrille kirill
damien: dam damdam
daniel: dany dan dani danilo
daniela: dani dany ela
danielle: dany dani
david: dave daoud davido dav
daouda: david daoud dao
delphine: del phine fifine
denis: deni nini dinis
dimitri: dima mitri dim mitia
dominique: dom domi doume
dorothee: doro dodo
driss: idriss idris
edith: edie
edouard: doudou edo ed eddy edward
eleonore: leo nore elea
elena: lena helene ileana
elhadj: hadj ladji elhadji
eliane: liane lili
elisabeth: babeth lise elise betty lisa isabelle babette lili liz elsa
elise: lise lili
elizabeth: babeth liz betty lisa
elodie: elo lolo didi
emilie: mimi emi milie
emma: emmanuelle
emmanuel: manu emma manou emanuel manuel
emmanuelle: manu emma manue
enrique: henri quique
eric: rico ricky ric riri
ernest: nesto nenesse
esteban: etienne stephane
estelle: esther stella
etienne: tienou tiennou stephane
eugene: gege gene evgueni
eugenie: nini ninie
evelyne: eve lyne evy
evgueni: jenia genia eugene
fabien: fab fabi
fabienne: fab fabi
fabrice: fab fabri bibi
fatiha: fati
fatima: fati fatou fatma fatim fafa fatimata
fatma: fatima fati fatou
fatoumata: fatou fatim fati fatimata fatima
felix: fefe
ferdinand: fernand nando ferdi
fernand: nanand
fernando: nando fernand
florence: flo
florent: flo
florian: flo
florin: flo florian
francis: franck fran
francois: fanfan franck francky franchouille francisco frank francesco
francoise: fanfan franchon soizic
frank: franck francky
franck: francky frank
frederic: fred fredo freddy frede
frederique: fred
fyodor: fedia theodore fedor
gabriel: gab gaby gabi djibril jibril
gabrielle: gab gaby gabi
gaelle: gael
galina: galia
gaston: tonton gas
genevieve: gene vivi ginou
georges: jojo geo georgie jorge iouri jerzy
gerald: gege gerry
gerard: gege gerry
germaine: maine
gerome: jerome
gheorghe: georges gica ghita
gilbert: gil bebert gibert
gilberte: gil berthe
gilles: gil gilou
ginette: gigi nette
giovanni: gianni jean nino
giuseppe: peppe beppe joseph
gregoire: greg gregory grego
gregory: greg
grigori: gricha gregoire
guillaume: guigui guille gui will william
guillermo: memo guille guillaume
gustave: gus tatave
gwenael: gwen gwenn
gwenaelle: gwen gwenn
habiba: biba habi
hadja: hadjara adja
hamid: hamidou mido
hamza: zaza hamzou
hassan: assane alassane hass
helene: lena leni nene ln helena ellen
henri: riton ric rico henry heinrich enrique
henriette: riette yette
herve: veve
houria: houri
hubert: bebert hub
hugues: hugo gugu
ibrahim: ibra brahim ibou abraham brahima
ibrahima: ibra ibou brahim
ignace: nacho
igor: gosha
ilyes: ilias elias elie lyes
ines: nessie
ion: jean iono ionut
ionut: ion jean
irene: ira irina reine
irina: ira irene
isabelle: isa zabou belle zaza isabel babelle
ismael: isma ismail smail
ismaila: isma
issa: aissa jesus
ivan: vania jean yvan
jacqueline: jacotte line jacquie kiki jackie
jacques: jacquot jacky jack jacko yacoub iago
jamal: djam jam
james: jim jimmy jacques
jan: jean janek
jean: jeannot jano john juan jan
jeanbaptiste: jb jean baptiste
jeanclaude: jc jean claude
jeanfrancois: jef jeff jean francois
jeanjacques: jj jean jacques
jeanluc: luc jl jean
jeanmarc: marc jean jm
jeanmarie: jm jean marie jeanma
jeanmichel: jm jean michel michou
jeanne: jeannette jane jana
jeannette: nette jeanne
jeanpaul: jp jean paul paulo
jeanphilippe: jp jean philippe
jeanpierre: jp jean pierre pierrot
jeanyves: jyves jean yves
jeremie: jerem jerry
jeremy: jerem jerry
jerome: gege jej jer
jessica: jess jessie
joachim: jojo joa
joanna: jo asia joan
joao: jean joaozinho
joel: jo jojo
joelle: jo jojo
john: johnny jack jean
jonathan: jo john nathan jon
jorge: georges
jose: pepe jo jojo joseph zeze
joseph: jo jojo jose joe seph youssef josef
josephine: jo fifi josie josette josy
josette: jo josie
josiane: jo josie jojo
juan: juanito jean
jules: juju julot
julia: ju juju iulia
julie: ju juju juli
julien: ju juju julot jul
juliette: ju juju
justine: ju juju titine
kader: abdelkader kada
kamel: kam kamal
karim: krimo abdelkarim kari
karine: kari karen
katarzyna: kasia kate
kevin: kev keke
khadija: khadi kadi dija hadja khady
khadidiatou: khadi khady kadi
khaled: kha
konstantin: kostia
krzysztof: chris krzys christophe
laetitia: laeti titia leti
lamine: lam mamadou
laura: lolo
laure: lolo
laurence: lolo lau
laurent: lolo lau laurenzo
leila: lila lili
leonard: leo nard
leonid: lionia leo
leonie: leo nini
leopold: leo popol
liliane: lili lily
lionel: lio yoyo
loic: lolo
louis: loulou lulu ptitlouis luigi luis ludovic
louise: loulou lou lulu
luc: lucas luca lucky
lucas: luc luca lulu
lucie: lulu lucille
lucien: lulu lucky
lucienne: lulu
ludmila: louda mila luda
ludovic: ludo
luis: lucho louis
madeleine: mado mad madou lena madelon
maelle: mae mael
magali: mag maga
magdalena: magda lena
mahamadou: mama doudou mamadou
malgorzata: gosia margot
malika: mali lika
mamadou: mama doudou mam mohamed madou
manuel: manu manolo emmanuel
marc: marco marcus marko
marcel: marcello celou cello
marcelle: celle marcie
margaux: margot
margaret: maggie meg peggy
marguerite: margot maguy margo rita guitte
maria: marie mariette masha macha marilou
mariam: mariama maryam myriam
mariama: mariam mama
marianne: marie anne manou
marie: mimi mariette manou maria maryse
marieclaire: marie claire
mariefrance: marie france
marielaure: marie laure
marieline: marie line marilyne
marieluce: marie luce
mariepierre: marie pierre
marietherese: marie therese maite
marin: marinou
marina: mari rina
marine: mari nine
mario: marius
marion: mari
martin: tintin martinou
martine: titine tine
maryvonne: vonne mary
mathias: mat matthias
mathieu: mat matt mathis matteo
mathilde: mat mathi tilda
matthieu: mat matt mathis matteo mateusz
maurice: momo maurizio moritz
maxime: max maxou maxim
maximilien: max
mehdi: med
melanie: mel mela
melissa: mel lissa
michal: michel misiek
michel: mimi michou mich michael miguel miko
michele: mimi michou mich
michelle: mimi michou mich
mickael: mike mick micka mikail michael
miguel: michel migue
mihail: mihai micha michel
mikhail: micha misha michel
mireille: mimi reille
miroslav: mirek mirko slava
mohamed: momo mo moha mehmet med moh mamadou mohand
mokhtar: mok mokh
monique: momo nique monica
mouhamadou: momo mamadou
moussa: moise mous moussou
moustapha: mous tapha mustafa mouss stapha
mustapha: mous mouss tapha musta
myriam: mimi mariam miriam
nabil: nab bilou
nadege: nad
nadia: nad nadine nadejda
nadejda: nadia
nadine: nad nadia didine
narcisse: ciss
natacha: nath tacha natalia natasha
natalia: natacha nath nata
nathalie: nath nat lili natalia
nathan: nat nath
nicolae: nicu nelu nicolas
nicolas: nico nic colas nick niko nicolae nikolai
nicole: nini nic nico
nikolai: kolia nicolas
noel: nono
noemie: mimi noe emy
norbert: nono bebert
nourdine: nour nounou noureddine
noureddine: nour dine nordine
octave: tatave
odette: dette
oksana: ksenia oksanka
oleg: olejka
oleksandr: sacha alex oleks alexandre
olga: olia
olivia: oli liv
olivier: oli olive
omar: oumar omarou
oumar: omar barou
oumou: oum
oumarou: oumar omar
ousmane: ous osman othman mane
pablo: paul pablito
pascal: pasc calou
pascale: pasc
patrice: pat patou
patricia: pat patou tricia
patrick: pat patou pad
paul: paulo popaul pol pavel pablo
paula: paulette
paulette: paule lette
pauline: paulinette popo line
pavel: pacha paul
pedro: pierre perico
philippe: phil filou philou fifi
philomene: filo mena
pierre: pierrot pete peter pedro piotr petru
pierrick: pierre rick
pierreyves: pierre yves py
piotr: petia pierre piotrek
quentin: quent tintin
rachid: rach rachou
rafael: raph rafa
ramon: raymond moncho
raoul: raul
raphael: raph rafa raf
raphaelle: raph
raymond: ray mimond momon
raymonde: ray monde
rebecca: becky
regine: reggie gine
regis: reg
remi: mimi remigius
renaud: nono rene
rene: nene reneou
richard: ricky dick rich ritchie
robert: bob bobby bebert roro rob
roberto: beto robert
roger: roro roge
roland: roro rolly
romain: rom roman
romane: rom
romuald: romu
rosalie: rose rosa
rose: rosie rosette rosa
ruslan: rous
sabrina: sab brina
saliou: sali
sabine: sab bine
salimata: sali salima
samuel: sam samy sami
samira: sam mira sami
samir: sam sami
sandrine: sand drine sandra
sarah: sara
sebastien: seb bastien sebi sebastian
sebastian: seb seba
segolene: sego
serge: sergio serguei
sergei: serioja serge sergio
serigne: seri
severine: sev seve
sidi: sid
simeon: simon
simone: momone simonette
sofia: sophie sofi
solange: soso lange
souleymane: souley slimane soule salomon
soumaila: ismael soum
sophie: soso sofi fifi
stanislas: stan stas stanislav
stanislav: stas stan slava
stefan: stephane fane
stephane: steph fanou stef
stephanie: steph fanny fanie stef
suzanne: suzy suzon zaza suzie
svetlana: sveta lana
sylvain: syl sylvestre vain
sylvestre: syl vestre
sylviane: syl viviane
sylvie: syl vivi
tatiana: tania tata
teresa: therese tere
theodore: theo teo teddy dora
theophile: theo
therese: tete resou thereza
thibault: tib thib titi
thierry: titi thi
thomas: tom tommy tomas toma
tomasz: tomek thomas
ursula: uschi
valentin: val valou
valentina: valia val
valerie: val valou lili
vanessa: van nessa
vasile: vasilica basile
vassili: vassia
veronika: vera nika veronique
veronique: vero nique
victoire: vic vicky
victor: vic totor viktor
victoria: vic vicky vita
vincent: vince vinz
viorel: viorica
virginie: ninie vivi gigi
vitali: vitia vitalik
viviane: vivi viv
vladimir: vlad volodia vova dima
volodymyr: vova volodia vladimir
wilfried: will fried
william: bill will willy liam
xavier: xav javier zavier
yaroslav: slava iarik
yacouba: yac jacob yacoub
yasmina: yas mina jasmine
yasmine: yas mina jasmine
yolande: yoyo
youssef: youss joseph youcef jo joe youssouf
youssouf: youss youssef joseph
yuri: youra georges
yves: yvon vivi
yvette: vevette
yvonne: vonne vonnette
zacharie: zac zack zakaria
zakaria: zak zac zaki
zbigniew: zbyszek
zineb: zina zouzou
zinedine: zizou zine
zoubida: zouzou biba
`
