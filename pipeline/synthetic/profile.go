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

// costProfile holds euros per insured year in 2017 by sex (man, woman) and age group (0-4 … 90+). The numbers are
// made up, in two digits, of the order that Dutch care of 2017 had at each age.
//
//nolint:dupl // a table of men beside a table of women
var costProfile = [2][19][costKinds]float64{
	{
		{1500, 120, 0, 0, 68, 130, 7, 29, 27, 61, 80, 22, 0, 0, 0},
		{490, 62, 0, 0, 33, 75, 7, 39, 140, 80, 170, 6, 0, 0, 0},
		{450, 82, 0, 0, 25, 65, 7, 39, 150, 69, 43, 6, 0, 0, 0},
		{510, 86, 110, 3, 13, 67, 7, 32, 120, 65, 9, 11, 0, 0, 0},
		{410, 84, 370, 12, 9, 69, 8, 25, 5, 13, 3, 12, 0, 0, 0},
		{440, 110, 390, 13, 10, 69, 9, 25, 4, 13, 3, 11, 0, 0, 0},
		{490, 130, 410, 13, 10, 70, 10, 27, 5, 11, 3, 11, 0, 0, 0},
		{550, 170, 400, 13, 16, 72, 12, 32, 7, 11, 3, 12, 0, 0, 1},
		{680, 210, 370, 13, 25, 75, 17, 42, 9, 14, 4, 15, 0, 0, 2},
		{860, 250, 320, 12, 33, 78, 27, 53, 12, 18, 4, 20, 0, 0, 4},
		{1100, 330, 290, 11, 50, 83, 41, 69, 17, 23, 5, 26, 0, 0, 8},
		{1500, 400, 260, 10, 76, 91, 63, 92, 26, 34, 7, 34, 0, 0, 17},
		{2100, 500, 210, 8, 120, 100, 90, 130, 36, 53, 8, 45, 0, 0, 30},
		{2700, 600, 140, 4, 180, 110, 120, 170, 47, 73, 11, 58, 0, 0, 54},
		{3400, 720, 130, 3, 290, 130, 140, 220, 51, 95, 14, 78, 0, 0, 98},
		{4100, 860, 120, 3, 550, 170, 160, 280, 56, 120, 21, 110, 0, 0, 190},
		{4400, 980, 120, 3, 1100, 220, 160, 360, 55, 140, 30, 150, 0, 0, 330},
		{4200, 1100, 110, 3, 2100, 280, 160, 460, 46, 140, 39, 200, 0, 0, 480},
		{3600, 1100, 100, 3, 3900, 390, 130, 630, 37, 120, 51, 230, 0, 0, 630},
	},
	{
		{1200, 96, 0, 0, 47, 120, 7, 23, 26, 45, 47, 15, 0, 0, 0},
		{390, 54, 0, 0, 29, 73, 7, 31, 140, 41, 110, 4, 0, 0, 0},
		{390, 65, 0, 0, 17, 67, 7, 32, 150, 75, 36, 5, 0, 0, 0},
		{540, 110, 160, 7, 11, 91, 7, 29, 120, 89, 14, 11, 2, 2, 0},
		{600, 120, 450, 26, 10, 110, 9, 28, 6, 12, 7, 13, 27, 24, 0},
		{930, 130, 460, 28, 12, 110, 10, 34, 5, 13, 8, 15, 120, 82, 0},
		{1200, 160, 430, 27, 15, 110, 11, 39, 5, 15, 8, 16, 180, 110, 1},
		{1100, 200, 390, 24, 22, 110, 13, 43, 6, 18, 8, 15, 91, 49, 1},
		{1000, 240, 360, 22, 30, 100, 17, 47, 8, 26, 9, 16, 16, 8, 1},
		{1100, 280, 320, 18, 45, 110, 25, 60, 11, 36, 10, 19, 1, 0, 4},
		{1400, 320, 300, 17, 67, 110, 39, 77, 17, 49, 11, 25, 0, 0, 8},
		{1600, 390, 270, 15, 100, 110, 57, 100, 27, 64, 13, 29, 0, 0, 14},
		{1900, 460, 230, 12, 160, 120, 78, 130, 38, 82, 13, 37, 0, 0, 32},
		{2200, 540, 200, 6, 230, 130, 100, 160, 46, 96, 14, 45, 0, 0, 57},
		{2700, 640, 190, 5, 390, 150, 130, 200, 51, 110, 17, 61, 0, 0, 120},
		{3000, 770, 190, 5, 800, 180, 140, 270, 54, 130, 24, 87, 0, 0, 240},
		{3200, 890, 180, 4, 1600, 230, 150, 360, 50, 140, 34, 120, 0, 0, 420},
		{3000, 970, 130, 4, 2900, 280, 140, 480, 37, 140, 45, 160, 0, 0, 620},
		{2400, 950, 92, 3, 4500, 370, 110, 660, 25, 130, 52, 190, 0, 0, 670},
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
