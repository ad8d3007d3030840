package synthetic

// costKind is a column of costProfile.
type costKind int

const (
	costHospital costKind = iota
	costPharmacy
	costMentalSpecialist
	costMentalBasic
	costDistrictNursing
	costConsult
	costChain
	costAids
	costDental
	costPhysio
	costParamedic
	costAmbulance
	costMaternity
	costMidwife
	costGeriatricRehab
	costKinds
)

// costProfile holds euros per insured year in 2017 by sex (man, woman) and age group (0-4 … 90+). Source: Vektis
// open data 2017, all municipalities, each cost kind scaled to about the level of Maastricht in that file.
var costProfile = [2][19][costKinds]float64{
	{
		{1466, 117, 0, 0, 68, 129, 7, 29, 27, 61, 80, 22, 0, 0, 0},
		{486, 62, 0, 0, 33, 75, 7, 39, 140, 80, 168, 6, 0, 0, 0},
		{448, 82, 0, 0, 25, 65, 7, 39, 154, 69, 43, 6, 0, 0, 0},
		{508, 86, 108, 3, 13, 67, 7, 32, 124, 65, 9, 11, 0, 0, 0},
		{414, 84, 369, 12, 9, 69, 8, 25, 5, 13, 3, 12, 0, 0, 0},
		{444, 111, 394, 13, 10, 69, 9, 25, 4, 13, 3, 11, 0, 0, 0},
		{488, 133, 410, 13, 10, 70, 10, 27, 5, 11, 3, 11, 0, 0, 0},
		{549, 171, 401, 13, 16, 72, 12, 32, 7, 11, 3, 12, 0, 0, 1},
		{679, 207, 366, 13, 25, 75, 17, 42, 9, 14, 4, 15, 0, 0, 2},
		{860, 252, 319, 12, 33, 78, 27, 53, 12, 18, 4, 20, 0, 0, 4},
		{1129, 326, 289, 11, 50, 83, 41, 69, 17, 23, 5, 26, 0, 0, 8},
		{1546, 405, 259, 10, 76, 91, 63, 92, 26, 34, 7, 34, 0, 0, 17},
		{2079, 498, 212, 8, 116, 103, 90, 129, 36, 53, 8, 45, 0, 0, 30},
		{2654, 601, 142, 4, 178, 113, 117, 169, 47, 73, 11, 58, 0, 0, 54},
		{3381, 717, 130, 3, 287, 131, 141, 220, 51, 95, 14, 78, 0, 0, 98},
		{4063, 865, 122, 3, 549, 166, 156, 284, 56, 119, 21, 111, 0, 0, 194},
		{4370, 977, 119, 3, 1095, 215, 161, 362, 55, 140, 30, 151, 0, 0, 329},
		{4214, 1055, 112, 3, 2140, 284, 158, 461, 46, 142, 39, 195, 0, 0, 477},
		{3613, 1063, 102, 3, 3932, 392, 129, 627, 37, 118, 51, 229, 0, 0, 631},
	},
	{
		{1183, 96, 0, 0, 47, 115, 7, 23, 26, 45, 47, 15, 0, 0, 0},
		{387, 54, 0, 0, 29, 73, 7, 31, 137, 41, 106, 4, 0, 0, 0},
		{393, 65, 0, 0, 17, 67, 7, 32, 152, 75, 36, 5, 0, 0, 0},
		{540, 106, 165, 7, 11, 91, 7, 29, 122, 89, 14, 11, 2, 2, 0},
		{604, 119, 450, 26, 10, 106, 9, 28, 6, 12, 7, 13, 27, 24, 0},
		{932, 133, 455, 28, 12, 109, 10, 34, 5, 13, 8, 15, 116, 82, 0},
		{1214, 164, 431, 27, 15, 111, 11, 39, 5, 15, 8, 16, 178, 109, 1},
		{1122, 199, 388, 24, 22, 108, 13, 43, 6, 18, 8, 15, 91, 49, 1},
		{1011, 236, 362, 22, 30, 105, 17, 47, 8, 26, 9, 16, 16, 8, 1},
		{1135, 277, 321, 18, 45, 106, 25, 60, 11, 36, 10, 19, 1, 0, 4},
		{1353, 321, 305, 17, 67, 111, 39, 77, 17, 49, 11, 25, 0, 0, 8},
		{1568, 389, 268, 15, 104, 114, 57, 101, 27, 64, 13, 29, 0, 0, 14},
		{1884, 459, 231, 12, 155, 121, 78, 128, 38, 82, 13, 37, 0, 0, 32},
		{2244, 536, 198, 6, 233, 130, 101, 160, 46, 96, 14, 45, 0, 0, 57},
		{2679, 636, 191, 5, 389, 147, 127, 201, 51, 111, 17, 61, 0, 0, 121},
		{3047, 773, 188, 5, 802, 183, 145, 271, 54, 131, 24, 87, 0, 0, 237},
		{3174, 888, 183, 4, 1583, 226, 151, 358, 50, 140, 34, 120, 0, 0, 425},
		{2984, 967, 132, 4, 2934, 282, 144, 482, 37, 144, 45, 156, 0, 0, 625},
		{2441, 949, 92, 3, 4497, 371, 113, 655, 25, 128, 52, 188, 0, 0, 673},
	},
}

// expected is the cost per insured year in euros of 2017; unknown sex takes the profile of men.
func expected(k costKind, age int, sex byte) float64 {
	row := 0
	if sex == '2' {
		row = 1
	}
	return costProfile[row][min(max(age, 0)/5, 18)][k]
}

// yearly is one figure per year; years outside take the growth of the nearest end.
type yearly struct {
	from  int
	steps []float64
}

// careIndex is the yearly rise in per cent of the NZa index of cost amounts (nza.nl, vragen en antwoorden).
var careIndex = yearly{2009, []float64{2.47, 1.56, 1.40, 3.16, 1.93, 3.14, 1.15, 0.26, 1.92, 2.87, 3.75, 1.74, 3.42, 2.38, 7.70}}

// consumerIndex is the yearly rise in per cent of the CPI (CBS, 2015 = 100), for what municipalities and Wlz pay.
var consumerIndex = yearly{2016, []float64{0.32, 1.38, 1.71, 2.63, 1.27, 2.68, 10.00, 3.84, 3.35}}

// priceYear is the year that all amounts in the tables of this package are in prices of.
const priceYear = 2017

// level is the price level of a year against priceYear.
func (i yearly) level(year int) float64 {
	step := func(y int) float64 { return 1 + i.steps[min(max(y-i.from, 0), len(i.steps)-1)]/100 }
	l := 1.0
	for y := priceYear + 1; y <= year; y++ {
		l *= step(y)
	}
	for y := priceYear; y > year; y-- {
		l /= step(y)
	}
	return l
}

// volumeGrowth is the yearly growth of medical care at equal age, sex and price.
const volumeGrowth = 0.01

// volume is the volume level of a year against priceYear.
func volume(year int) float64 {
	l := 1.0
	for y := priceYear; y < year; y++ {
		l *= 1 + volumeGrowth
	}
	for y := priceYear; y > year; y-- {
		l /= 1 + volumeGrowth
	}
	return l
}
