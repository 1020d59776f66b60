package xpath

import (
	"math"
	"strings"
)

// earthRadius is the equatorial radius in metres that ODK's tools use.
const earthRadius = 6378100.0

var geoFunctions = map[string]function{
	"area": {min: 1, max: 1, build: func(c *compiler, args []code) (code, string) {
		points := c.points(args)
		return numberCode(func(ctx *Context) float64 { return area(points(ctx)) }), ""
	}},
	"distance": {min: 1, max: -1, build: func(c *compiler, args []code) (code, string) {
		points := c.points(args)
		return numberCode(func(ctx *Context) float64 { return distance(points(ctx)) }), ""
	}},
	"geofence": {min: 2, max: 2, build: func(c *compiler, args []code) (code, string) {
		where, fence := c.points(args[:1]), c.points(args[1:])
		return truthCode(func(ctx *Context) bool {
			p, shape := where(ctx), fence(ctx)
			return len(p) == 1 && inside(p[0], shape)
		}), ""
	}},
	"intersects": {min: 1, max: 1, build: func(c *compiler, args []code) (code, string) {
		points := c.points(args)
		return truthCode(func(ctx *Context) bool { return crossesItself(points(ctx)) }), ""
	}},
}

// point is a place in degrees.
type point struct{ lat, lng float64 }

// points compiles arguments to places; nil where one cannot be read.
func (c *compiler) points(args []code) func(*Context) []point {
	gather := c.gather(args, true)
	return func(ctx *Context) []point {
		return parsePoints(strings.Join(gather(ctx), ";"))
	}
}

func parsePoints(text string) []point {
	var list []point
	for _, part := range strings.Split(text, ";") {
		fields := strings.Fields(part)
		if len(fields) == 0 {
			continue
		}
		if len(fields) < 2 {
			return nil
		}
		p := point{ParseNumber(fields[0]), ParseNumber(fields[1])}
		if !(math.Abs(p.lat) <= 90 && math.Abs(p.lng) <= 180) {
			return nil
		}
		list = append(list, p)
	}
	return list
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }

// area is that of the polygon in square metres, on a sphere.
func area(list []point) float64 {
	if len(list) == 0 {
		return math.NaN()
	}
	if len(list) < 3 {
		return 0
	}
	total := 0.0
	for i, p := range list {
		q := list[(i+1)%len(list)]
		total += radians(q.lng-p.lng) * (2 + math.Sin(radians(p.lat)) + math.Sin(radians(q.lat)))
	}
	return cents(math.Abs(total * earthRadius * earthRadius / 2))
}

// distance is the length of the line in metres.
func distance(list []point) float64 {
	if len(list) == 0 {
		return math.NaN()
	}
	total := 0.0
	for i := 1; i < len(list); i++ {
		total += between(list[i-1], list[i])
	}
	return cents(total)
}

func cents(f float64) float64 { return math.Round(f*100) / 100 }

func between(a, b point) float64 {
	x := math.Sin(radians(b.lat-a.lat) / 2)
	y := math.Sin(radians(b.lng-a.lng) / 2)
	h := x*x + math.Cos(radians(a.lat))*math.Cos(radians(b.lat))*y*y
	return 2 * earthRadius * math.Asin(math.Min(1, math.Sqrt(h)))
}

// inside reports whether the place is in the polygon (ray casting).
func inside(p point, shape []point) bool {
	in := false
	for i, a := range shape {
		b := shape[(i+len(shape)-1)%len(shape)]
		if (a.lat > p.lat) != (b.lat > p.lat) &&
			p.lng < (b.lng-a.lng)*(p.lat-a.lat)/(b.lat-a.lat)+a.lng {
			in = !in
		}
	}
	return in
}

// crossesItself reports whether two segments of the line meet elsewhere than
// at the point that they share.
func crossesItself(list []point) bool {
	closed := len(list) > 2 && list[0] == list[len(list)-1]
	for i := 0; i+1 < len(list); i++ {
		for j := i + 2; j+1 < len(list); j++ {
			if closed && i == 0 && j+2 == len(list) {
				continue
			}
			if meet(list[i], list[i+1], list[j], list[j+1]) {
				return true
			}
		}
	}
	return false
}

func meet(a, b, c, d point) bool {
	turn := func(p, q, r point) float64 { return (q.lng-p.lng)*(r.lat-p.lat) - (q.lat-p.lat)*(r.lng-p.lng) }
	d1, d2, d3, d4 := turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)
	if d1*d2 < 0 && d3*d4 < 0 {
		return true
	}
	on := func(p, q, r point, turn float64) bool {
		return turn == 0 && r.lng >= math.Min(p.lng, q.lng) && r.lng <= math.Max(p.lng, q.lng) &&
			r.lat >= math.Min(p.lat, q.lat) && r.lat <= math.Max(p.lat, q.lat)
	}
	return on(a, b, c, d1) || on(a, b, d, d2) || on(c, d, a, d3) || on(c, d, b, d4)
}
