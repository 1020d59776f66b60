package main

import (
	"bufio"
	"bytes"
	"context"
	"debug/buildinfo"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// desktop is a screen without a monitor (Xvfb, French keyboard) on which the
// real binary runs and real key events are typed.
type desktop struct {
	t       *testing.T
	display string
	home    string // the settings of the app
	shots   string // folder of the pictures
	memory  string // folder of what the screen shows
	count   int
}

// wait is how long the desktop waits for something to show before it gives up:
// a bound against hanging, not a claim of speed.
const wait = 90 * time.Second

// newDesktop is a desktop of the test's own. Its test runs beside another one's:
// most of the time it waits for keys and for pictures.
func newDesktop(t *testing.T, options ...string) *desktop {
	t.Helper()
	t.Parallel()
	return quietDesktop(t, options...)
}

// quietDesktop is a desktop beside which no other one is used.
func quietDesktop(t *testing.T, options ...string) *desktop {
	t.Helper()
	for _, tool := range []string{"Xvfb", "xdotool", "setxkbmap", "import"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is missing: .ci/packages test installs it", tool)
		}
	}
	// -noreset: without it the keyboard silently goes back to the US layout.
	d := newScreen(t, append([]string{"-noreset"}, options...)...)
	d.tool("setxkbmap", "fr")
	return d
}

// newScreen is a screen without a monitor, of the keyboard that it begins with.
func newScreen(t *testing.T, options ...string) *desktop {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	memory := t.TempDir()
	options = append([]string{"-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-fbdir", memory}, options...)
	server := exec.Command("Xvfb", options...)
	server.ExtraFiles = []*os.File{write}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	_ = write.Close()
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb gave no display: %v", err)
	}
	shots := os.Getenv("SOLIDAREN_SHOTS")
	if shots == "" {
		shots = t.TempDir()
	}
	shots = filepath.Join(shots, filepath.Base(t.Name()))
	if err := os.MkdirAll(shots, 0o755); err != nil {
		t.Fatal(err)
	}
	return &desktop{t: t, display: ":" + strings.TrimSpace(number), home: t.TempDir(), shots: shots, memory: memory}
}

func (d *desktop) env() []string {
	return append(os.Environ(), "DISPLAY="+d.display, "LIBGL_ALWAYS_SOFTWARE=1", "LC_ALL=C.UTF-8",
		"FYNE_SCALE=1", "WAYLAND_DISPLAY=", "HOME="+d.home, "XDG_CONFIG_HOME="+d.home)
}

func (d *desktop) tool(name string, args ...string) string {
	d.t.Helper()
	cmd := exec.CommandContext(d.t.Context(), name, args...)
	cmd.Env = d.env()
	out, err := cmd.CombinedOutput()
	if err != nil {
		d.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// app is one running desktop app.
type app struct {
	*desktop
	cmd    *exec.Cmd
	errors *bytes.Buffer
	done   chan struct{}
}

// start runs a program that watches its thread, and hears at the end whether it
// saw something.
func (d *desktop) start(binary string, args ...string) *app {
	d.t.Helper()
	a := d.launch(binary, args...)
	d.t.Cleanup(func() { a.kill(); a.checkThreads(binary) })
	return a
}

func (d *desktop) launch(binary string, args ...string) *app {
	d.t.Helper()
	cmd := exec.Command(binary, args...)
	cmd.Env = d.env()
	a := &app{desktop: d, cmd: cmd, errors: &bytes.Buffer{}, done: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = a.errors, a.errors
	if err := cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	go func() { _ = cmd.Wait(); close(a.done) }()
	d.t.Cleanup(a.kill)
	return a
}

// signal stops the program, or lets it go on.
func (a *app) signal(s syscall.Signal) {
	a.t.Helper()
	if err := a.cmd.Process.Signal(s); err != nil {
		a.t.Fatal(err)
	}
}

// threadError is what Fyne says when a widget is touched from outside its thread,
// in a program that has not told it not to look.
const threadError = "Error in Fyne call thread"

// watching is what the linker is told so that Fyne looks.
const watching = "-X main.threads=" + watched

// checkThreads: nothing touched a widget from outside Fyne's thread, and the
// program would have said so.
func (a *app) checkThreads(binary string) {
	a.t.Helper()
	if strings.Contains(a.errors.String(), threadError) {
		a.t.Errorf("the app said:\n%s", a.errors)
	}
	if !watches(a.t, binary) {
		a.t.Error("the app was built so that it tells of no call from outside Fyne's thread")
	}
}

// watches reports whether a program was built to look at its threads. It looks at
// none either if it has the tag by which Fyne does not.
func watches(t *testing.T, binary string) bool {
	t.Helper()
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	linked := false
	for _, s := range info.Settings {
		if s.Key == "-tags" && slices.Contains(strings.Split(s.Value, ","), "migrated_fynedo") {
			return false
		}
		linked = linked || s.Key == "-ldflags" && strings.Contains(s.Value, watching)
	}
	return linked
}

// kill ends the app as a power failure would: SIGKILL, no goodbye.
func (a *app) kill() {
	_ = a.cmd.Process.Kill()
	<-a.done
}

// title waits for a window whose title holds text; the title names the screen.
func (a *app) title(text string) {
	a.t.Helper()
	var last string
	for end := time.Now().Add(wait); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		select {
		case <-a.done:
			a.t.Fatalf("the app ended while %q was awaited:\n%s", text, a.errors)
		default:
		}
		out, err := a.query("search", "--onlyvisible", "--name", ".")
		if err != nil {
			continue
		}
		for _, id := range strings.Fields(out) {
			if last, err = a.query("getwindowname", id); err == nil && strings.Contains(last, text) {
				return
			}
		}
	}
	a.shot("stuck")
	a.t.Fatalf("no window showed %q; the last title was %q (pictures in %s)\n%s", text, last, a.shots, a.errors)
}

func (a *app) query(args ...string) (string, error) {
	ctx, stop := context.WithTimeout(a.t.Context(), 10*time.Second)
	defer stop()
	cmd := exec.CommandContext(ctx, "xdotool", args...)
	cmd.Env = a.env()
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err
}

// text types characters, keys presses keys by their X names ("ctrl+Return").
func (a *app) text(s string) {
	a.t.Helper()
	a.tool("xdotool", "type", "--delay", "40", s)
}

func (a *app) keys(names ...string) {
	a.t.Helper()
	a.keysDown(names...)
	a.still()
}

// keysDown presses keys and does not look at what they did.
func (a *app) keysDown(names ...string) {
	a.t.Helper()
	a.tool("xdotool", append([]string{"key", "--delay", "60"}, names...)...)
}

// sameButCaret reports whether two pictures differ by no more than a blinking
// caret: a few pixels.
func sameButCaret(a, b []byte) bool {
	if len(a) != len(b) {
		return false
	}
	differ := 0
	for i := range a {
		if a[i] != b[i] {
			differ++
		}
	}
	return differ <= 900 // 3 bytes a pixel, a caret of 3 × 100 pixels at most
}

// still waits until the picture no longer changes.
func (a *app) still() {
	a.t.Helper()
	before := a.capture()
	for end := time.Now().Add(wait); time.Now().Before(end); {
		time.Sleep(120 * time.Millisecond)
		now := a.capture()
		if sameButCaret(before, now) {
			return
		}
		before = now
	}
}

func (a *app) capture() []byte {
	a.t.Helper()
	cmd := exec.CommandContext(a.t.Context(), "import", "-window", "root", "-depth", "8", "rgb:-")
	cmd.Env = a.env()
	out, err := cmd.Output()
	if err != nil {
		a.t.Fatalf("picture: %v", err)
	}
	return out
}

// shot keeps a picture of the window.
func (a *app) shot(name string) image.Image {
	a.t.Helper()
	a.count++
	file := filepath.Join(a.shots, fmt.Sprintf("%02d-%s.png", a.count, name))
	window := "root"
	if ids, err := a.query("search", "--onlyvisible", "--name", "SolidaRen"); err == nil && ids != "" {
		window = strings.Fields(ids)[0]
	}
	a.tool("import", "-window", window, file)
	f, err := os.Open(file)
	if err != nil {
		a.t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		a.t.Fatal(err)
	}
	return img
}
