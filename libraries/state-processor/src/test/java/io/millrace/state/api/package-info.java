/** Programs that read and write savepoints, on a cluster in this process. */
package io.millrace.state.api;
