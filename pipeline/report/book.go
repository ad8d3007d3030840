// Package report writes the Excel workbooks that leave the pipeline: the answer
// on the first sheet, the proof on the last.
//
// It knows nothing of SQL. Every figure comes from a [disclosure.Released]; no
// other value of a [Book] is shown as a figure.
package report

import "ontschot/pipeline/disclosure"

// Book is everything that one workbook is made from. The same Book gives the
// same bytes.
type Book struct {
	// Language is one of [Languages]; without one it is Dutch.
	Language string
	// Recipient names who receives the workbook, such as "vgz" or "gemeente".
	Recipient string
	// OwnDomains are the laws that the recipient sees in detail.
	OwnDomains []string
	// Region is the name of the region, as in the configuration.
	Region string
	// BaseYear is the year that every other year is compared with.
	BaseYear int
	// Fingerprint is the identity of the result in hexadecimal digits.
	Fingerprint string
	// Stand is the date of the newest delivery, as yyyy-mm-dd.
	Stand string
	// Since is the date of the newest release, as yyyy-mm-dd; empty when there is none.
	Since string
	// Concept marks every sheet as not yet released.
	Concept bool
	// Released holds the tables, after protection.
	Released disclosure.Released
	// AreaNames, CareTypeNames and LifeDomainNames turn a code into a readable
	// Dutch name; a code without an entry is shown as it is. A catalogue in another language may know better.
	AreaNames, CareTypeNames, LifeDomainNames map[string]string
	// Warnings are for the first sheet.
	Warnings []Warning
	// Aggregated are the laws that came without persons in one or more years.
	Aggregated []string
	// Codes are words of the warnings that may hold a long number and tell of no person, such as a code or the name of a file.
	Codes []string
	// Deliveries are the files that the figures were made from.
	Deliveries []Delivery
	// PriceSources tell which index made the amounts of a law comparable.
	PriceSources []PriceSource
	// Versions are those of program, queries, reference tables, configuration
	// and database.
	Versions []Version
	// Provisional say which figures may still change.
	Provisional []Provisional
}

// Delivery is one delivered file, as the ledger knows it.
type Delivery struct {
	Supplier, Table, File string
	Date                  string // yyyy-mm-dd
	Hash                  string // hexadecimal digits of its content
	Lines                 int64
}

// PriceSource says where the price index of a law comes from.
type PriceSource struct {
	Domain, Source string
	Consumer       bool // it is the consumer price index, for want of one of the sector
}

// Version is the version of one part that a figure depends on.
type Version struct {
	Name, Value string
}
