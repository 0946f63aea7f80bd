/** Whole jobs that end, fail or are started again from what they left; on the embedded cluster. */
package io.millrace.host.recovery;
