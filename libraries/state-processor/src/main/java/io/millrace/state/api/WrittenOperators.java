package io.millrace.state.api;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which operators a savepoint is to have, that is being put together: those that stay as they are
 * in an earlier one, and those that are made. Not thread-safe.
 */
final class WrittenOperators {
    /** Those that stay, by their new ids: the ids that they have in the earlier one. */
    private final Map<String, String> kept = new LinkedHashMap<>();

    private final Map<String, StateBootstrapTransformation<?>> made = new LinkedHashMap<>();

    WrittenOperators(List<OperatorEntry> earlier) {
        earlier.forEach(entry -> kept.put(entry.id(), entry.id()));
    }

    boolean areNone() {
        return kept.isEmpty() && made.isEmpty();
    }

    /** By their new ids, the ids that they have in the earlier one; in the order of that. */
    Map<String, String> kept() {
        return Collections.unmodifiableMap(kept);
    }

    /** In the order in which they were added. */
    Map<String, StateBootstrapTransformation<?>> made() {
        return Collections.unmodifiableMap(made);
    }

    /**
     * @throws MillraceException {@code PROGRAM_INVALID} naming those that there are, if it is none
     *     of them
     */
    void remove(OperatorIdentifier identifier) {
        String id = identifier.id();
        if (kept.remove(id) == null && made.remove(id) == null) {
            throw unknown(identifier);
        }
    }

    /**
     * @throws MillraceException {@code PROGRAM_INVALID} if there is one by that name
     */
    void add(OperatorIdentifier identifier, StateBootstrapTransformation<?> transformation) {
        requireFree(identifier);
        made.put(identifier.id(), transformation);
    }

    /**
     * @throws MillraceException {@code PROGRAM_INVALID} if there is no such operator, or the new
     *     name is taken
     */
    void rename(OperatorIdentifier from, OperatorIdentifier to) {
        boolean isKept = kept.containsKey(from.id());
        if (!isKept && !made.containsKey(from.id())) {
            throw unknown(from);
        }
        if (!from.id().equals(to.id())) {
            requireFree(to);
        }
        if (isKept) {
            kept.put(to.id(), kept.remove(from.id()));
        } else {
            made.put(to.id(), made.remove(from.id()));
        }
    }

    private void requireFree(OperatorIdentifier identifier) {
        if (kept.containsKey(identifier.id()) || made.containsKey(identifier.id())) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "the savepoint has an operator with the "
                            + identifier
                            + " already. Call removeOperator() first to replace it.");
        }
    }

    private MillraceException unknown(OperatorIdentifier identifier) {
        List<String> ids = new ArrayList<>(kept.keySet());
        ids.addAll(made.keySet());
        return new MillraceException(
                ErrorCode.PROGRAM_INVALID,
                "the savepoint has no operator with the "
                        + identifier
                        + ". It has "
                        + (ids.isEmpty() ? "none" : "'" + String.join("', '", ids) + "'")
                        + ".");
    }
}
