/**
 * Windows: which records belong together ({@link io.millrace.api.window.WindowAssigner}), when they
 * are looked at ({@link io.millrace.api.window.Trigger}), what is left out ({@link
 * io.millrace.api.window.Evictor}), and what comes of them ({@link
 * io.millrace.api.window.ProcessWindowFunction}). Travel by Java serialization with the program;
 * confined to their task there.
 */
package io.millrace.api.window;
