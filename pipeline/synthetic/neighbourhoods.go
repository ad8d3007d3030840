package synthetic

// Role says what a neighbourhood is in the comparison: the pilot, a control area, or neither.
type Role string

// The roles a neighbourhood can have, as they stand in the reference table gebied.
const (
	RolePilot   Role = "pilot"
	RoleControl Role = "controle"
	RoleNone    Role = ""
)

// Neighbourhood is one buurt of the synthetic region.
type Neighbourhood struct {
	Code, Name         string // CBS buurt code and name
	WijkCode, WijkName string
	Role               Role
	weight             float64 // share of the inhabitants
	medical            float64 // cost level of medical care, against the region
	social             float64 // level of social care and assistance, against the region
	ageShift           float64 // years by which heads of household are older or younger
}

// Municipality is the gemeente that all Neighbourhoods lie in.
const Municipality = "GM0935"

// Neighbourhoods are the buurten of the synthetic region. The reference table gebied holds the same
// names, codes and roles. The codes have the form that CBS gives the buurten of Maastricht.
var Neighbourhoods = []Neighbourhood{
	{"BU09350402", "Wittevrouwenveld", "WK093504", "Buitenwijk Oost", RolePilot, 0.105, 1.06, 1.35, 0},
	{"BU09350400", "Wyckerpoort", "WK093504", "Buitenwijk Oost", RolePilot, 0.095, 1.05, 1.30, 0},
	{"BU09350403", "Nazareth", "WK093504", "Buitenwijk Oost", RolePilot, 0.075, 1.07, 1.45, 1},
	{"BU09350404", "Limmel", "WK093504", "Buitenwijk Oost", RolePilot, 0.060, 1.06, 1.40, 0},
	{"BU09350201", "Mariaberg", "WK093502", "Buitenwijk West", RoleControl, 0.110, 1.06, 1.40, 0},
	{"BU09350203", "Pottenberg", "WK093502", "Buitenwijk West", RoleControl, 0.080, 1.07, 1.40, 2},
	{"BU09350204", "Malpertuis", "WK093502", "Buitenwijk West", RoleControl, 0.070, 1.06, 1.35, 1},
	{"BU09350207", "Malberg", "WK093502", "Buitenwijk West", RoleControl, 0.095, 1.05, 1.30, -1},
	{"BU09350000", "Binnenstad", "WK093500", "Centrum", RoleNone, 0.060, 0.85, 0.65, -6},
	{"BU09350105", "Sint Pieter", "WK093501", "Buitenwijk Zuidwest", RoleNone, 0.060, 0.90, 0.45, 4},
	{"BU09350405", "Scharn", "WK093504", "Buitenwijk Oost", RoleNone, 0.110, 0.94, 0.65, 2},
	{"BU09350406", "Amby", "WK093504", "Buitenwijk Oost", RoleNone, 0.080, 0.92, 0.55, 2},
}

// drawNeighbourhood picks a neighbourhood by its share of the inhabitants.
func drawNeighbourhood(r *stream) uint8 {
	u := r.float()
	for i := range Neighbourhoods {
		if u -= Neighbourhoods[i].weight; u < 0 {
			return uint8(i)
		}
	}
	return uint8(len(Neighbourhoods) - 1)
}
