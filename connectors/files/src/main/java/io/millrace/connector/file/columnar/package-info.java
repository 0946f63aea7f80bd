/**
 * What formats share that read blocks of columns, such as Parquet and ORC: readers of a split over
 * a scan of its blocks, and the fields of the objects that columns are put into.
 */
package io.millrace.connector.file.columnar;
