/** Tables of savepoints as Hive reads them: a command of its own. */
package io.millrace.benchmarks.hive;
