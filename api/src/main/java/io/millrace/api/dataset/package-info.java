/**
 * Flink's older interface of bounded programs, as far as programs use it around the state
 * processor: a {@link io.millrace.api.dataset.DataSet} is a bounded stream in batch mode.
 */
package io.millrace.api.dataset;
