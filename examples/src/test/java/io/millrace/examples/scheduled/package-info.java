/** The examples for schedulers, checked as far as that goes without a scheduler. */
package io.millrace.examples.scheduled;
