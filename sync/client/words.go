package client

import (
	"context"
	"crypto/x509"
	"errors"
	"net"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// Sentences for what the network did. What is safe comes first or last, never
// an error number.
var (
	wordsOffline = diagnostics.Text{
		FR: "Hors réseau. Vous pouvez continuer, tout est gardé ici.",
		EN: "No network. You can go on, everything is kept here.",
	}
	wordsDown = diagnostics.Text{
		FR: "Le serveur ne répond pas. Rien n'est perdu.",
		EN: "The server does not answer. Nothing is lost.",
	}
	wordsSlow = diagnostics.Text{
		FR: "Le serveur répond trop lentement. Rien n'est perdu.",
		EN: "The server answers too slowly. Nothing is lost.",
	}
	wordsPortal = diagnostics.Text{
		FR: "Ce réseau répond à la place du serveur : ouvrez sa page de connexion. Tout est gardé ici.",
		EN: "This network answers instead of the server: open its sign-in page. Everything is kept here.",
	}
	wordsElsewhere = diagnostics.Text{
		FR: "À l'adresse de l'invitation, ce n'est pas le serveur qui répond. Ouvrez la page de connexion du réseau s'il en a une, sinon demandez une autre invitation.",
		EN: "At the invite's address it is not the server that answers. Open the network's sign-in page if it has one, else ask for another invite.",
	}
	wordsCut = diagnostics.Text{
		FR: "La réponse du serveur est arrivée coupée. Rien n'est perdu.",
		EN: "The server's answer arrived cut. Nothing is lost.",
	}
	wordsClock = diagnostics.Text{
		FR: "Le certificat du serveur n'est pas valable à la date de ce poste. Vérifiez la date.",
		EN: "The server's certificate is not valid on this computer's date. Check the date.",
	}
	wordsCertificate = diagnostics.Text{
		FR: "Ce réseau ne montre pas le vrai serveur. Rien n'est parti, tout est gardé ici.",
		EN: "This network does not show the real server. Nothing was sent, everything is kept here.",
	}
	wordsStopped = diagnostics.Text{
		FR: "Envoi arrêté. Ce qui est parti est gardé, la suite partira plus tard.",
		EN: "Sending stopped. What was sent is kept, the rest will go later.",
	}
	wordsNotMember = diagnostics.Text{
		FR: "Ce poste n'a pas encore rejoint d'équipe. Tout est gardé ici.",
		EN: "This computer has not joined a team yet. Everything is kept here.",
	}
	wordsMember = diagnostics.Text{
		FR: "Ce poste fait déjà partie d'une équipe.",
		EN: "This computer is already a member of a team.",
	}
	wordsRehearsal = diagnostics.Text{
		FR: "C'est la démonstration : elle ne rejoint aucune équipe et n'envoie rien. Ouvrez votre carnet pour cela.",
		EN: "This is the demo: it joins no team and sends nothing. Open your notebook for that.",
	}
	wordsRunning = diagnostics.Text{
		FR: "Un envoi est déjà en cours.",
		EN: "Sending is already under way.",
	}
)

// problems are the sentences for what the server refused.
var problems = map[string]diagnostics.Text{
	wire.ProblemInviteUnknown: {
		FR: "Cette invitation n'est pas connue du serveur. Demandez-en une autre.",
		EN: "The server does not know this invite. Ask for another.",
	},
	wire.ProblemInviteUsed: {
		FR: "Cette invitation a déjà servi. Demandez-en une autre.",
		EN: "This invite was already used. Ask for another.",
	},
	wire.ProblemInviteExpired: {
		FR: "Cette invitation n'est plus valable. Demandez-en une autre.",
		EN: "This invite has ended. Ask for another.",
	},
	wire.ProblemOwnDevice: {
		FR: "Un poste ne se retire pas lui-même. Faites-le depuis un autre poste de l'équipe.",
		EN: "A computer does not take itself out. Do it from another computer of the team.",
	},
	wire.ProblemTooManyInvites: {
		FR: "50 invitations attendent déjà. Retirez celles qui ne serviront pas.",
		EN: "50 invites wait already. Withdraw those that will not be used.",
	},
	wire.ProblemRevoked: {
		FR: "Ce poste n'a plus accès. Vos fiches non envoyées sont gardées. Appelez la coordination.",
		EN: "This computer no longer has access. Unsent records are kept. Call the coordinator.",
	},
	wire.ProblemTooOld: {
		FR: "Version trop ancienne pour recevoir. L'envoi marche encore. Mettez à jour.",
		EN: "Too old to receive. Sending still works. Update.",
	},
	wire.ProblemStillHeld: {
		FR: "Cette fiche ne peut pas être acceptée telle quelle. Laissez-la de côté, et demandez à son auteur de la refaire.",
		EN: "This record cannot be accepted as it is. Leave it out, and ask its author to make it again.",
	},
	wire.ProblemDeviceForked: {
		FR: "Ce carnet est une copie ancienne ou double. Rien n'est effacé. Appelez la coordination.",
		EN: "This notebook is an old or second copy. Nothing was erased. Call the coordinator.",
	},
	string(diagnostics.CodeUnauthorized): {
		FR: "Le serveur ne reconnaît pas ce poste. Vos fiches sont gardées. Appelez la coordination.",
		EN: "The server does not know this computer. Your records are kept. Call the coordinator.",
	},
	string(diagnostics.CodeConflict): {
		FR: "Le serveur connaît déjà ce poste. Vos fiches sont gardées. Appelez la coordination.",
		EN: "The server knows this computer already. Your records are kept. Call the coordinator.",
	},
}

// wordsRefused is said of a refusal that has no sentence of its own.
var wordsRefused = diagnostics.Text{
	FR: "Le serveur n'a pas accepté l'envoi. Vos fiches sont gardées ici.",
	EN: "The server did not accept what was sent. Your records are kept here.",
}

func failure(op string, code diagnostics.ErrorCode, words diagnostics.Text, cause error) *diagnostics.Error {
	return &diagnostics.Error{Op: op, Code: code, Msg: words, Err: cause}
}

// refusal is the error of a problem.
func refusal(op string, code diagnostics.ErrorCode, problem string) *diagnostics.Error {
	words, ok := problems[problem]
	if !ok {
		words = wordsRefused
	}
	e := failure(op, code, words, nil)
	e.Field = problem
	return e
}

// networkFailure classes what the transport said: the caller stopped, time ran
// out, or there is no way to the server.
func networkFailure(ctx context.Context, op string, err error) *diagnostics.Error {
	var timeout net.Error
	var dns *net.DNSError
	var invalid x509.CertificateInvalidError
	var authority x509.UnknownAuthorityError
	var hostname x509.HostnameError
	switch {
	case ctx.Err() != nil:
		return stopped(op, ctx)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return failure(op, diagnostics.CodeTimeout, wordsSlow, err)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return failure(op, diagnostics.CodeOffline, wordsClock, err)
	case errors.As(err, &invalid), errors.As(err, &authority), errors.As(err, &hostname):
		return failure(op, diagnostics.CodeOffline, wordsCertificate, err)
	case errors.As(err, &dns):
		return failure(op, diagnostics.CodeOffline, wordsOffline, err)
	}
	return failure(op, diagnostics.CodeOffline, wordsDown, err)
}

// stopped is the error of a sync that the caller ended; errors.Is finds
// context.Canceled in it.
func stopped(op string, ctx context.Context) *diagnostics.Error {
	return failure(op, diagnostics.CodeTimeout, wordsStopped, ctx.Err())
}
