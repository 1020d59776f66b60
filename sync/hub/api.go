package hub

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"solidaren/diagnostics"
	"solidaren/sync/wire"
)

// body carries a JSON body in or out.
type body[T any] struct{ Body T }

type health struct {
	Status string `json:"status"`
	Proto  []int  `json:"proto"`
}

type deviceKey struct{}

// maxSmallBody bounds the body of a call that carries no operations.
const maxSmallBody = 64 << 10

// Handler serves the API: its calls, and their description at /openapi.json.
func (h *Hub) Handler() http.Handler {
	mux := http.NewServeMux()
	config := huma.DefaultConfig("SolidaRen", "3")
	config.DocsPath, config.SchemasPath, config.CreateHooks = "", "", nil
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "Opaque token of POST /v1/token, valid for one hour."},
	}
	api := humago.New(mux, config)
	sync := call(http.MethodPost, "/v1/sync", "Push operations and pull changes", wire.MaxBody)
	sync.Security = []map[string][]string{{"token": {}}}
	sync.Middlewares = huma.Middlewares{h.requireToken(api)}
	addCall(h, api, sync, func(ctx context.Context, req wire.SyncRequest) (wire.SyncReply, error) {
		dev, _ := ctx.Value(deviceKey{}).(Device)
		return h.Sync(ctx, dev, req)
	})
	held := call(http.MethodPost, "/v1/held", "List what is held in a coordinator's team, and decide about it", maxSmallBody)
	held.Security, held.Middlewares = sync.Security, sync.Middlewares
	addCall(h, api, held, func(ctx context.Context, req wire.HeldRequest) (wire.HeldReply, error) {
		dev, _ := ctx.Value(deviceKey{}).(Device)
		return h.Held(ctx, dev, req)
	})
	team := call(http.MethodPost, "/v1/team", "List the invites of one's team that wait, make or withdraw one, or revoke a device", maxSmallBody)
	team.Security, team.Middlewares = sync.Security, sync.Middlewares
	addCall(h, api, team, func(ctx context.Context, req wire.TeamRequest) (wire.TeamReply, error) {
		dev, _ := ctx.Value(deviceKey{}).(Device)
		return h.Team(ctx, dev, req)
	})
	addCall(h, api, call(http.MethodPost, "/v1/enrol", "Join a team with a one-use invite", maxSmallBody), h.Enrol)
	addCall(h, api, call(http.MethodPost, "/v1/token", "Get a nonce, then a token for the signed nonce", maxSmallBody), h.Token)
	huma.Register(api, call(http.MethodGet, "/v1/health", "Tell that the server answers", 0),
		func(context.Context, *struct{}) (*body[health], error) {
			return &body[health]{health{Status: "ok", Proto: []int{wire.Proto}}}, nil
		})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		writeProblem(w, refuse(http.StatusNotFound, string(diagnostics.CodeNotFound), "There is nothing here."))
	})
	return h.logged(mux, compressed(mux))
}

func call(method, path, summary string, maxBody int64) huma.Operation {
	return huma.Operation{
		OperationID: path[len("/v1/"):], Method: method, Path: path, Summary: summary,
		MaxBodyBytes: maxBody,
		// The body's pace is watched by paced; the shape is checked by the
		// decoder and the hub, so that a newer client's fields are let through.
		BodyReadTimeout: -1, SkipValidateBody: true,
	}
}

// addCall adds a call that takes and gives JSON, served in one of the slots.
func addCall[In, Out any](h *Hub, api huma.API, op huma.Operation, serve func(context.Context, In) (Out, error)) {
	huma.Register(api, op, func(ctx context.Context, in *body[In]) (*body[Out], error) {
		select {
		case h.slots <- struct{}{}:
			defer func() { <-h.slots }()
		default:
			busy := refuse(http.StatusServiceUnavailable, wire.ProblemBusy, "Too many calls at once.")
			return nil, huma.ErrorWithHeaders(busy, http.Header{"Retry-After": {busyWait}})
		}
		out, err := serve(ctx, in.Body)
		if err != nil {
			return nil, h.answer(ctx, op.Path, err)
		}
		return &body[Out]{out}, nil
	})
}

// busyWait is how many seconds a client is asked to wait when all slots are
// taken.
const busyWait = "2"

// answer turns an error into the problem that the client reads, and logs it if
// it is a fault of the server.
func (h *Hub) answer(ctx context.Context, where string, err error) *Refusal {
	problem := problemOf(err)
	if problem.Status == http.StatusInternalServerError && !errors.Is(ctx.Err(), context.Canceled) {
		h.log.Error("fault", "call", where, "error", err)
	}
	return problem
}

// requireToken lets a call pass with a valid token only.
func (h *Hub) requireToken(api huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		device, err := h.Authenticate(ctx.Context(), ctx.Header("Authorization"))
		if err != nil {
			_, w := humago.Unwrap(ctx)
			writeProblem(w, h.answer(ctx.Context(), "authenticate", err))
			return
		}
		next(huma.WithValue(ctx, deviceKey{}, device))
	}
}
