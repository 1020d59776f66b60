package xlsform

// distance counts the letters to change, add or leave out to get from one word
// to the other (Levenshtein).
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	last, now := make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := range s {
		now[0] = i + 1
		for j := range t {
			cost := 1
			if s[i] == t[j] {
				cost = 0
			}
			now[j+1] = min(last[j+1]+1, now[j]+1, last[j]+cost)
		}
		last, now = now, last
	}
	return last[len(t)]
}

// suggest gives the known word that is nearest to one that is not known, "" if
// none is near.
func suggest(word string, known []string) string {
	best, bestAt := "", 1+max(2, len(word)/3)
	for _, k := range known {
		if d := distance(word, k); d < bestAt {
			best, bestAt = k, d
		}
	}
	return best
}
