// Package likenesstest makes up people and misspells them, for tests and
// benchmarks of the search of persons: names put together from parts that are
// common in France, born where it pleases the dice, met by nobody. The same
// seed gives the same. Only tests may import it.
package likenesstest

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Person is what a card may hold of someone.
type Person struct {
	Handle, Names, Birth string // Birth as YYYY-MM-DD
	Given, Family        string // the parts of Names
}

// People makes up n persons.
func People(seed uint64, n int) []Person {
	r := rand.New(rand.NewPCG(seed, 1))
	people := make([]Person, n)
	for i := range people {
		people[i] = person(r)
	}
	return people
}

func person(r *rand.Rand) Person {
	o := origins[often(r, len(origins))]
	p := Person{Given: o.given[often(r, len(o.given))], Family: o.family(r)}
	if r.IntN(12) == 0 {
		p.Given += "-" + o.given[often(r, len(o.given))]
	}
	p.Names = p.Given + " " + p.Family
	p.Handle = p.Given
	p.Birth = fmt.Sprintf("%d-%02d-%02d", 1940+r.IntN(68), 1+r.IntN(12), 1+r.IntN(28))
	return p
}

// often draws below n, small numbers more often.
func often(r *rand.Rand, n int) int { return min(r.IntN(n), r.IntN(n)) }

// origin is a stock of names: given ones, and parts of family names.
type origin struct {
	given             []string
	before, stem, end []string
	stock             []string // whole family names, drawn one time in four
}

func (o origin) family(r *rand.Rand) string {
	if len(o.stock) > 0 && r.IntN(4) == 0 {
		return o.stock[often(r, len(o.stock))]
	}
	name := o.stem[r.IntN(len(o.stem))] + o.end[r.IntN(len(o.end))]
	if r.IntN(2) == 0 { // two stems make rarer names
		name = o.stem[r.IntN(len(o.stem))] + o.link(r) + o.end[r.IntN(len(o.end))]
	}
	before := o.before[r.IntN(len(o.before))]
	if strings.HasSuffix(before, "+") {
		return strings.TrimSuffix(before, "+") + name
	}
	if before != "" {
		before += " "
	}
	return before + strings.ToUpper(name[:1]) + name[1:]
}

// link is a middle for a longer name.
func (o origin) link(r *rand.Rand) string {
	middles := []string{"an", "el", "in", "ar", "ol", "er", "am", "ou"}
	return middles[r.IntN(len(middles))]
}

func words(s string) []string { return strings.Fields(s) }

var origins = []origin{
	{
		given: words(`Jean Marie Pierre Michel Philippe Nicolas Christophe Laurent Patrick Frédéric Sébastien Stéphane Thierry Alain
 Éric Julien Thomas Alexandre Sylvie Catherine Nathalie Isabelle Valérie Sandrine Stéphanie Céline Sophie Christine Véronique
 Françoise François Anne Martine Monique Jacqueline Émilie Élodie Aurélie Julie Camille Mathieu Maxime Guillaume Benoît Jérôme
 Hervé Gérard Didier Bruno Serge Olivier Vincent Xavier Théo Lucas Léa Chloé Manon Inès Zoé Rémi Loïc Gaël Yves Yvette Odile
 Bernadette Geneviève Chantal Corinne Béatrice Agnès Hélène Joseph Marcel Robert Raymond Roger Georges Louis Albert Lucien`),
		before: []string{"", "", "", "", "", "Le+", "Du+", "De la", "de", "Saint-+"},
		stem: words(`bern mart rich gir mor four roux fab bonn lamb gar fran perr chev gauth mass rob lacr barb ren guill
 lemo bris picq vall cour charp herv maill tess pons laur brun bouch fer pell joubert dev salv quent thib frog cast marq saun
 riv berg chauv gard grang jac lam lor men nav oll pasq rab sauv tour vinc`),
		end:   words(`ard eau et ier in ot aud elle on eux ais ault ey iac illon ois erie ant eron`),
		stock: words(`Martin Bernard Dubois Durand Moreau Laurent Lefebvre Leroy Roux Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau`),
	},
	{
		given: words(`Mohamed Ahmed Karim Youssef Fatima Khadija Aïcha Rachid Saïd Hassan Hussein Omar Ali Nadia Samira Leïla Yasmine
 Abdelkader Abderrahmane Mustapha Noureddine Zineb Malika Farid Kamel Djamel Sofiane Bilal Ilyes Amina Houria Slimane Ismaël`),
		before: []string{"", "", "", "Ben", "Bel+", "Bou+", "El", "Ait"},
		stem: words(`khad mans ham sal said kac djel brah mah rahm had lakh zer ouah mess tah gher bench chab drid fer
 guet hadj kerr laz mok nac rezg sif tay youn zid aich bakh dah`),
		end:   words(`ra our i oui ani em loul imi oud ane ache ouche ouli aoui at er ia ed`),
		stock: words(`Benali Haddad Mansouri Saidi Belkacem Bouazza Cherif Hamidi Ziani`),
	},
	{
		given: words(`Mamadou Fatoumata Ibrahima Aminata Moussa Awa Ousmane Mariam Boubacar Aïssatou Souleymane Kadiatou Amadou Oumar
 Adama Issa Seydou Bakary Drissa Salimata Rokia Cheikh Modou Ndèye Abdoulaye Alassane Djibril Binta`),
		before: []string{""},
		stem: words(`dia ka sidi tou kon fo camar bal dou sa ma bag niang gue mba ndi ouat koul zong sawa yam keb sou tra ndia
 mbo kab nga lou sam`),
		end:   words(`llo té bé ra yé ré ne go do ma sso nko mba ré gne ké bou la ssi ndé`),
		stock: words(`Diallo Traoré Coulibaly Keïta Camara Konaté Sow Barry Bah Diop Ndiaye Fall Sissoko Touré Koné Ouattara`),
	},
	{
		given: words(`Oleksandr Aleksandr Dmitri Sergueï Ivan Olga Irina Svetlana Natalia Vladimir Mikhaïl Andreï Tatiana Oksana Bogdan
 Ion Vasile Gheorghe Elena Mihai Cristian Andrzej Katarzyna Piotr Tomasz Goran Milan Jelena Yuri Viktor`),
		before: []string{""},
		stem: words(`ivan petr sidor kuzn pop vol koval shev bond tkach mel krav lys mor rom rus sav tim vas yakov zakhar ion pop
 rad mold bog dan gri kost lup mar nov`),
		end:   words(`ov ova enko ski ska escu ic uk chuk in ev eva iuk vic an ak`),
		stock: words(`Ivanov Kovalenko Shevchenko Popescu Ionescu Novak`),
	},
	{
		given:  words(`Maria João José Ana Carlos Manuel António Paulo Luis Juan Jorge Miguel Rosa Teresa Pedro Fernando Rafael Gabriel`),
		before: []string{"", "", "da", "dos", "de"},
		stem:   words(`silv sant oliv perr rodrig fernand gom lop mart gonz alv carv rib pint moren cast herr vill nav qu`),
		end:    words(`a os eira es ez alho eiro o al ado edo ano`),
	},
}
