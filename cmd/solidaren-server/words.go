package main

import (
	"github.com/alecthomas/kong"

	"solidaren/diagnostics"
)

// texts are what the command says, by key.
var texts = map[string]diagnostics.Text{
	"about":    {FR: "Le serveur central de SolidaRen.", EN: "The central server of SolidaRen."},
	"lang":     {FR: "Langue des messages (fr, en).", EN: "Language of messages (fr, en)."},
	"serve":    {FR: "Répondre aux postes des équipes.", EN: "Answer the teams' computers."},
	"invite":   {FR: "Faire une invitation, qui sert une fois pendant 24 heures.", EN: "Make an invite, good for one use within 24 hours."},
	"data":     {FR: "Dossier des données.", EN: "Data folder."},
	"database": {FR: "Base PostgreSQL (pas encore possible).", EN: "PostgreSQL database (not possible yet)."},
	"listen":   {FR: "Adresse d'écoute ; le port 0 en choisit un.", EN: "Address to listen on; port 0 picks one."},
	"url":      {FR: "Adresse du serveur pour les postes.", EN: "Address of the server for the computers."},
	"team":     {FR: "Nom de l'équipe, créée si elle n'existe pas.", EN: "Name of the team, made where it is absent."},
	"role": {
		FR: "worker, social_worker, coordinator, researcher ou admin.",
		EN: "worker, social_worker, coordinator, researcher or admin.",
	},
	"postgres": {
		FR: "PostgreSQL n'est pas encore possible. Enlevez --database : SQLite sera utilisé.",
		EN: "PostgreSQL is not possible yet. Leave --database out: SQLite will be used.",
	},
}

// help puts the texts of a language into the command line's help.
func help(lang string) kong.Option {
	vars := kong.Vars{}
	for key, text := range texts {
		vars[key] = text.In(lang)
	}
	return vars
}
