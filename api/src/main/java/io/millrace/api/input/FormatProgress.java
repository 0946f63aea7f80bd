package io.millrace.api.input;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Where an enumerator of an input format is. Immutable.
 *
 * @param listed whether splits were found before; then only what is left is given out
 * @param left splits that nobody has
 * @param nextId of the next split
 * @param seen files that were given out, with the times of their last changes; empty for an input
 *     that is listed once
 */
public record FormatProgress(
        boolean listed, List<FormatSplit> left, long nextId, TreeMap<String, Long> seen)
        implements Serializable {
    static final FormatProgress NONE = new FormatProgress(false, List.of(), 0, new TreeMap<>());

    public FormatProgress {
        left = new ArrayList<>(left);
        seen = new TreeMap<>(seen);
    }
}
