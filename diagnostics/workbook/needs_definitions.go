package workbook

import "solidaren/diagnostics"

// definitions are the formulas of the tables (DOMAIN.md §4.2), in the words of
// those who read them.
var definitions = []struct{ term, means diagnostics.Text }{
	{diagnostics.Text{FR: "Personne avec code", EN: "Person with a code"}, diagnostics.Text{
		FR: "Personne connue par un code tiré au hasard. Comptée une seule fois par case, quel que soit le nombre de rencontres.",
		EN: "A person known by a random code. Counted once in a cell, however often met.",
	}},
	{diagnostics.Text{FR: "Rencontre anonyme", EN: "Anonymous encounter"}, diagnostics.Text{
		FR: "Rencontre sans code. Elle compte pour une dans une case, même si plusieurs personnes étaient là ou si plusieurs besoins ont été dits. Elle est comptée à part et jamais ajoutée aux personnes : rien ne dit que deux rencontres anonymes sont deux personnes.",
		EN: "An encounter without a code. It counts as one in a cell, even where several persons stood there or several needs were said. It is counted apart and never added to the persons: nothing tells that two anonymous encounters are two persons.",
	}},
	{diagnostics.Text{FR: "Besoin observé", EN: "Need observed"}, diagnostics.Text{
		FR: "Un domaine, pour une personne, un ménage ou un groupe, un jour donné : dit par la personne ou vu par l'équipe. Ce n'est pas un besoin reconnu : seul un tour de table reconnaît.",
		EN: "One domain, for a person, a household or a group, on one day: said by the person or seen by the team. It is not a recognised need: only a round table recognises.",
	}},
	{diagnostics.Text{FR: "Diagnostic", EN: "Diagnostic"}, diagnostics.Text{
		FR: "Un formulaire fini. Une correction remplace la fiche qu'elle corrige.",
		EN: "A finished form. A correction takes the place of the record that it corrects.",
	}},
	{diagnostics.Text{FR: "Rencontre", EN: "Encounter"}, diagnostics.Text{
		FR: "Tout contact d'une équipe : échange, salut, refus, personne endormie qu'on ne réveille pas. Un refus est un contexte, pas une faute.",
		EN: "Any contact of a team: talk, greeting, refusal, somebody asleep whom nobody wakes. A refusal is context, not a fault.",
	}},
	{diagnostics.Text{FR: "Tournées et heures", EN: "Tours and hours"}, diagnostics.Text{
		FR: "Sorties commencées dans le mois ; heures du départ à la fin, pour celles dont la fin est notée. Heures protégées si une équipe en fait plus de 85 % dans une analyse de plusieurs équipes.",
		EN: "Outings begun in the month; hours from start to end, for those whose end was noted. Hours are protected where one team makes over 85% of them in an analysis of several teams.",
	}},
	{diagnostics.Text{FR: "Équipes", EN: "Teams"}, diagnostics.Text{
		FR: "Équipes sorties, ayant rencontré quelqu'un ou fini une fiche dans le mois. Aucun chiffre n'est donné par équipe ni par personne de l'équipe.",
		EN: "Teams that went out, met somebody or finished a record in the month. No figure is given for one team or one worker.",
	}},
	{diagnostics.Text{FR: "Part des personnes (03)", EN: "Share of persons (03)"}, diagnostics.Text{
		FR: "Personnes avec code de ce public ayant un diagnostic dans la période / personnes avec code ayant un diagnostic dans la période.",
		EN: "Persons with a code of this public who have a diagnostic in the period / persons with a code who have a diagnostic in the period.",
	}},
	{diagnostics.Text{FR: "Part des besoins (04)", EN: "Share of needs (04)"}, diagnostics.Text{
		FR: "Besoins observés du domaine / tous les besoins observés de l'analyse.",
		EN: "Needs observed of the domain / all needs observed of the analysis.",
	}},
	{diagnostics.Text{FR: "Évolution (04)", EN: "Change (04)"}, diagnostics.Text{
		FR: "Besoins pour 100 diagnostics de la dernière période, par rapport à la période précédente, moins 1. Rapporter aux diagnostics évite de prendre plus de sorties pour plus de besoins.",
		EN: "Needs per 100 diagnostics of the last period, against the period before, minus 1. Diagnostics as the base keep more outings from looking like more needs.",
	}},
	{diagnostics.Text{FR: "Quartier (05)", EN: "District (05)"}, diagnostics.Text{
		FR: "Quartier de la rencontre (12 quartiers de Rennes, hors Rennes, itinérant). La classe de couleur coupe les cases montrées en quatre parts à peu près égales.",
		EN: "District of the encounter (12 districts of Rennes, outside Rennes, none fixed). The class of colour cuts the shown cells into four parts of about the same number.",
	}},
	{diagnostics.Text{FR: "Public (03, 06)", EN: "Public (03, 06)"}, diagnostics.Text{
		FR: "Situation notée sur la fiche. Plusieurs publics sont possibles : le total compte chaque besoin ou personne une fois, il n'est pas la somme des publics.",
		EN: "Situation noted on the record. Several publics are possible: the total counts each need or person once, it is not the sum of the publics.",
	}},
	{diagnostics.Text{FR: "Taux non couvert (07)", EN: "Uncovered rate (07)"}, diagnostics.Text{
		FR: "(Non + en partie) / (oui + en partie + non). Les réponses « ne sait pas » et les fiches qui ne posent pas la question n'y entrent pas.",
		EN: "(No + partly) / (yes + partly + no). Answers “don't know” and records that do not ask are left out.",
	}},
	{diagnostics.Text{FR: "Raisons (07, 13)", EN: "Reasons (07, 13)"}, diagnostics.Text{
		FR: "Les trois raisons les plus notées, parmi celles qui passent le seuil ; entre parenthèses, combien de fois. Un besoin peut avoir plusieurs raisons.",
		EN: "The three reasons noted most, among those that pass the threshold; how often in brackets. A need may have several reasons.",
	}},
	{diagnostics.Text{FR: "Taux d'acceptation (13)", EN: "Acceptance (13)"}, diagnostics.Text{
		FR: "Acceptées / (acceptées + réfléchit + ne souhaite pas + déjà suivi). Les orientations anonymes d'un même moment, d'une même équipe et d'un même quartier comptent pour une rencontre.",
		EN: "Accepted / (accepted + thinking + declined + already followed). Anonymous referrals of one moment, team and district count as one encounter.",
	}},
	{diagnostics.Text{FR: "Intervalle à 95 % (IC 95 %)", EN: "95% interval (95% CI)"}, diagnostics.Text{
		FR: "Intervalle de Wilson : le hasard seul ferait varier le taux entre ces deux bornes. Aucun pourcentage si la base est inférieure à 20.",
		EN: "Wilson's interval: chance alone would move the rate between these bounds. No percentage where the base is under 20.",
	}},
	{diagnostics.Text{FR: "Protection d'une case", EN: "Protection of a cell"}, diagnostics.Text{
		FR: "Une case est montrée si personne n'est derrière (zéro), ou si les personnes avec code et les rencontres anonymes derrière elle atteignent ensemble le seuil, viennent d'au moins deux ménages et, dans une analyse de plusieurs équipes, d'au moins deux équipes. Personnes et rencontres anonymes d'une même ligne sont montrées ou protégées ensemble.",
		EN: "A cell is shown if nobody stands behind it (zero), or if the persons with a code and the anonymous encounters behind it reach the threshold together, come from at least two households and, in an analysis of several teams, from at least two teams. Persons and anonymous encounters of one line are shown or protected together.",
	}},
}
