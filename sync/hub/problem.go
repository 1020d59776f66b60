package hub

import (
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// Refusal is a refused call: the problem that the client reads.
type Refusal struct{ wire.Problem }

// Error is the technical form.
func (r *Refusal) Error() string { return "hub: refused: " + r.Code }

// GetStatus is the HTTP status, for huma.
func (r *Refusal) GetStatus() int { return r.Status }

// ContentType turns huma's JSON into a problem (RFC 9457).
func (r *Refusal) ContentType(string) string { return "application/problem+json" }

func refuse(status int, code, detail string) *Refusal {
	return &Refusal{wire.Problem{Title: http.StatusText(status), Status: status, Code: code, Detail: detail}}
}

// statuses maps codes to HTTP status, the first match first.
var statuses = []struct {
	code   diagnostics.ErrorCode
	status int
}{
	{diagnostics.CodeInvalid, http.StatusUnprocessableEntity},
	{diagnostics.CodeNotFound, http.StatusNotFound},
	{diagnostics.CodeConflict, http.StatusConflict},
	{diagnostics.CodeUnauthorized, http.StatusUnauthorized},
	{diagnostics.CodeForbidden, http.StatusForbidden},
	{diagnostics.CodeTimeout, http.StatusRequestTimeout},
	{diagnostics.CodeTooLarge, http.StatusRequestEntityTooLarge},
}

// codeOf is the code for a status that huma or the mux chose by itself.
func codeOf(status int) diagnostics.ErrorCode {
	for _, s := range statuses {
		if s.status == status {
			return s.code
		}
	}
	if status < http.StatusInternalServerError {
		return diagnostics.CodeInvalid
	}
	return diagnostics.CodeInternal
}

// problemOf makes the refusal that a client may read of an error. A fault of
// the server tells nothing of itself; it is logged by the caller.
func problemOf(err error) *Refusal {
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return refusal
	}
	code := diagnostics.Code(err)
	for _, s := range statuses {
		if s.code == code {
			return refuse(s.status, string(code), diagnostics.Sentence(err, "en"))
		}
	}
	return refuse(http.StatusInternalServerError, string(diagnostics.CodeInternal), "The server had a fault. Nothing was changed.")
}

func init() {
	// huma builds the errors of its own checks by this variable; it has no
	// setting for one API. The one fault that it finds by itself is a body that
	// cannot be read (broken gzip): that is the client's.
	huma.NewError = func(status int, msg string, _ ...error) huma.StatusError {
		if status == http.StatusInternalServerError {
			status = http.StatusBadRequest
		}
		return refuse(status, string(codeOf(status)), msg)
	}
}
