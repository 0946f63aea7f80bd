/**
 * What connectors can say of the data that they read and write: data sets, their schemas, and which
 * lead to which. Types only: nothing here asks connectors for it; a program, or a tool that looks
 * at its sources and sinks, may. Immutable values.
 */
package io.millrace.api.lineage;
