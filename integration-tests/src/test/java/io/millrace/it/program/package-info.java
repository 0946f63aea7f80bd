/** Programs that tests put into jars and submit: well-behaved ones and others. */
package io.millrace.it.program;
