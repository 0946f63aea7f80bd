/** A program and the interface that it is compiled against, to be renamed by the tests. */
package io.millrace.compat.rename.sample;
