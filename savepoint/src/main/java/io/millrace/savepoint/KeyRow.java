package io.millrace.savepoint;

import java.util.List;

/**
 * What a checkpoint has of one key in a table, or one timer. Immutable.
 *
 * @param namespace null if the table has none
 * @param content of a value the value; of a list a list; of a map a list of pairs; of a timer the
 *     timer
 * @param changes whether a map's entries change what there was, rather than replace it
 * @param removed keys of a map that such changes take away
 * @param bytes in the form of checkpoints
 */
record KeyRow(
        Object namespace,
        Object key,
        Object content,
        boolean changes,
        List<Object> removed,
        long bytes) {}
