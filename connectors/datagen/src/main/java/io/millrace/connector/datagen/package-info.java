/**
 * Makes records of the numbers from 0 on. Way in: {@link
 * io.millrace.connector.datagen.DataGeneratorSource}. Threads: readers are confined to their task.
 * Design: {@code docs/design/connector-datagen.md}.
 */
package io.millrace.connector.datagen;
