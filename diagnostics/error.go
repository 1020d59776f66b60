package diagnostics

import (
	"errors"
	"strings"
)

// ErrorCode classes an error by what the caller can do about it.
type ErrorCode string

// The codes. Not found and invalid are answers, not faults: nobody logs them.
const (
	CodeInvalid      ErrorCode = "invalid"
	CodeNotFound     ErrorCode = "not_found"
	CodeConflict     ErrorCode = "conflict"
	CodeUnauthorized ErrorCode = "unauthorized"
	CodeForbidden    ErrorCode = "forbidden"
	CodeOffline      ErrorCode = "offline"
	CodeTimeout      ErrorCode = "timeout"
	CodeTooLarge     ErrorCode = "too_large"
	CodeCorrupt      ErrorCode = "corrupt"
	CodeInternal     ErrorCode = "internal"
)

// Text is one sentence for a reader, in both languages of the program.
type Text struct{ FR, EN string }

// In gives the sentence in the language ("fr" or "en"), French by default.
func (t Text) In(lang string) string {
	if strings.HasPrefix(lang, "en") && t.EN != "" {
		return t.EN
	}
	return t.FR
}

// Error is the one error type of the program. Op names the operation
// ("store.Finish"), Code what class of error it is, Field the field or place
// that is at fault, Msg the sentence that a worker reads. None of them holds
// personal data.
type Error struct {
	Op    string
	Code  ErrorCode
	Field string
	Msg   Text
	Err   error
}

// Error is the technical form: operation, code, field, cause.
func (e *Error) Error() string {
	var b strings.Builder
	for _, part := range []string{e.Op, string(e.Code), e.Field, e.Msg.EN} {
		if part == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(": ")
		}
		b.WriteString(part)
	}
	if e.Err != nil {
		b.WriteString(": ")
		b.WriteString(e.Err.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// E makes an Error with a sentence in both languages.
func E(op string, code ErrorCode, fr, en string, cause error) *Error {
	return &Error{Op: op, Code: code, Msg: Text{FR: fr, EN: en}, Err: cause}
}

// Code is the code of the first Error in err's chain; CodeInternal for any
// other error, "" for nil.
func Code(err error) ErrorCode {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}

// Sentence is what a worker reads of err in the language: the sentence of the
// first Error in the chain that has one, else a general one that says that the
// work is safe.
func Sentence(err error, lang string) string {
	for cause := err; cause != nil; {
		var e *Error
		if !errors.As(cause, &e) {
			break
		}
		if e.Msg.FR != "" {
			return e.Msg.In(lang)
		}
		cause = e.Err
	}
	return Text{
		FR: "Quelque chose n'a pas marché. Vos fiches sont gardées ici.",
		EN: "Something did not work. Your records are kept here.",
	}.In(lang)
}
