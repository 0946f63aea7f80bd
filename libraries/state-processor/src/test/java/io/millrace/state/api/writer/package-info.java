/** The tasks that write savepoints, alone. */
package io.millrace.state.api.writer;
