/**
 * Programs that were compiled for Flink, run as they are but for their class names. The jars are
 * fetched by the build; nothing of Flink's engine is on the class path.
 */
package io.millrace.compat.program;
