package model

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	_ "image/gif" // pictures of questionnaires
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/image/draw"

	"solidaren/diagnostics"
	"solidaren/diagnostics/xform"
)

// mediaFolder holds, inside the workbook of a questionnaire, the pictures that
// its questions and answers show. A workbook is a zip file; who reads its sheets
// passes over what it does not know, and so the pictures go wherever it goes.
const mediaFolder = "media/"

const (
	maxPicture  = 8 << 20   // bytes of a picture that is read
	maxPixels   = 40 << 20  // of a picture that is made smaller
	smallEnough = 100 << 10 // bytes of a picture that is taken as it is
	pictureSide = 900       // pixels of the longer side of one that is not
)

// isBook reports whether a questionnaire is in a workbook, which can hold
// pictures.
func isBook(name string) bool {
	return slices.Contains([]string{".xlsx", ".xlsm"}, strings.ToLower(filepath.Ext(name)))
}

// pictureKinds are the extensions of pictures that can be shown.
var pictureKinds = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"}

func isPicture(name string) bool {
	return slices.Contains(pictureKinds, strings.ToLower(path.Ext(name)))
}

// withPictures opens the pictures of a workbook, then what files opens.
func withPictures(content []byte, files Files) Files {
	book, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil || !slices.ContainsFunc(book.File, func(f *zip.File) bool { return strings.HasPrefix(f.Name, mediaFolder) }) {
		return files
	}
	return func(name string) (io.ReadCloser, error) {
		for _, f := range book.File {
			if f.Name == mediaFolder+name {
				return f.Open()
			}
		}
		if files == nil {
			return nil, fs.ErrNotExist
		}
		return files(name)
	}
}

// gather puts the pictures that lie beside a questionnaire, in its folder, in
// "media" or in "NAME-media", into its workbook, as far as a team's form has
// room. A questionnaire that is refused stays as it is.
func gather(file string, content []byte) []byte {
	if !isBook(file) {
		return content
	}
	form, err := ReadForm(filepath.Base(file), content, teamFiles).Parse()
	if err != nil || len(form.Media()) == 0 {
		return content
	}
	found := map[string][]byte{}
	for _, ref := range form.Media() {
		if name := path.Base(ref); isPicture(name) {
			if picture, ok := beside(file, name); ok {
				found[name] = picture
			}
		}
	}
	return packed(content, found)
}

// beside reads a picture from where authors put it.
func beside(file, name string) ([]byte, bool) {
	folder := filepath.Dir(file)
	stem := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	for _, place := range []string{folder, filepath.Join(folder, "media"), filepath.Join(folder, stem+"-media")} {
		at := filepath.Join(place, name)
		if info, err := os.Stat(at); err != nil || !info.Mode().IsRegular() || info.Size() > maxPicture {
			continue
		}
		if content, err := os.ReadFile(at); err == nil {
			return smaller(content), true
		}
	}
	return nil, false
}

// smaller makes a large photograph as large as it is shown. What a picture is, is
// read from its content: its name may say otherwise.
func smaller(content []byte) []byte {
	shape, _, err := image.DecodeConfig(bytes.NewReader(content))
	if len(content) <= smallEnough || err != nil || shape.Width*shape.Height > maxPixels {
		return content
	}
	whole, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return content
	}
	side := max(shape.Width, shape.Height)
	width, height := shape.Width, shape.Height
	if side > pictureSide {
		width, height = max(1, width*pictureSide/side), max(1, height*pictureSide/side)
	}
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(out, out.Bounds(), whole, whole.Bounds(), draw.Src, nil)
	encoders := []func(io.Writer) error{
		func(w io.Writer) error { return (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(w, out) },
	}
	if out.Opaque() {
		encoders = append(encoders, func(w io.Writer) error { return jpeg.Encode(w, out, &jpeg.Options{Quality: 82}) })
	}
	best := content
	for _, encode := range encoders {
		var b bytes.Buffer
		if err := encode(&b); err == nil && b.Len() < len(best) {
			best = b.Bytes()
		}
	}
	return best
}

// packed writes a workbook anew with the pictures in it, the smallest first; one
// that makes it too large for a team is left out, and so are those behind it.
func packed(book []byte, pictures map[string][]byte) []byte {
	names := make([]string, 0, len(pictures))
	for name := range pictures {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := len(pictures[a]) - len(pictures[b]); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	for ; len(names) > 0; names = names[:len(names)-1] {
		if whole, err := repack(book, pictures, names); err == nil && len(whole) <= MaxTeamForm {
			return whole
		}
	}
	return book
}

func repack(book []byte, pictures map[string][]byte, names []string) ([]byte, error) {
	old, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range old.File {
		if slices.Contains(names, strings.TrimPrefix(f.Name, mediaFolder)) {
			continue // a newer one is beside the workbook
		}
		if err := w.Copy(f); err != nil {
			return nil, err
		}
	}
	for _, name := range names {
		f, err := w.Create(mediaFolder + name)
		if err == nil {
			_, err = f.Write(pictures[name])
		}
		if err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return b.Bytes(), err
}

// mediaIssues tells which files the questions name that workers will not see or
// hear.
func mediaIssues(name string, form *xform.Form) []FormIssue {
	var issues []FormIssue
	for _, ref := range form.Media() {
		file := path.Base(ref)
		say := func(fr, en string) {
			issues = append(issues, FormIssue{Message: diagnostics.Text{FR: fmt.Sprintf(fr, file), EN: fmt.Sprintf(en, file)}})
		}
		switch {
		case strings.HasPrefix(ref, "jr://audio") || strings.HasPrefix(ref, "jr://video"):
			say("« %s » : l'application ne joue ni son ni vidéo. Le nom du fichier est écrit sous la question.",
				"“%s”: the app plays neither sound nor video. The name of the file is written under the question.")
		case !isPicture(file):
			say("« %s » : cette image ne s'affiche pas. Prenez du PNG, JPEG, GIF, WebP ou SVG.",
				"“%s”: this picture cannot be shown. Take PNG, JPEG, GIF, WebP or SVG.")
		case opens(form, file):
		case !isBook(name):
			say("« %s » : l'image manquera. Seul un classeur .xlsx emporte ses images.",
				"“%s”: the picture will be missing. Only an .xlsx workbook takes its pictures along.")
		default:
			say("« %s » : l'image manque. Mettez-la dans le dossier du classeur avant d'importer ; avec ses images, il ne doit pas dépasser 1 Mo.",
				"“%s”: the picture is missing. Put it into the folder of the workbook before importing; with its pictures it must not be larger than 1 MB.")
		}
	}
	return issues
}

func opens(form *xform.Form, name string) bool {
	file, err := form.Open(name)
	if err != nil {
		return false
	}
	return file.Close() == nil
}

// picture reads a file that a questionnaire shows, nil where it is not there.
func (f *FormFile) picture(name string) []byte {
	if f.files == nil {
		return nil
	}
	file, err := f.files(name)
	if err != nil {
		return nil
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxPicture))
	if err != nil {
		return nil
	}
	return content
}
