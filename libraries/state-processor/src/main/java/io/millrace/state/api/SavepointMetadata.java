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
 * What a savepoint is to have that is being put together: its id, its key groups, and its
 * operators, of which some stay as they are in an earlier one and others are made. Where the
 * program is built; not thread-safe.
 */
public final class SavepointMetadata {
    private final long checkpointId;
    private final int maxParallelism;

    /** Those that stay, by their new ids: the ids that they have in the earlier one. */
    private final Map<String, String> kept = new LinkedHashMap<>();

    private final Map<String, StateBootstrapTransformation<?>> made = new LinkedHashMap<>();

    /**
     * @param earlier the operators of the earlier savepoint; none if there is no such savepoint
     */
    SavepointMetadata(long checkpointId, int maxParallelism, List<OperatorEntry> earlier) {
        this.checkpointId = checkpointId;
        this.maxParallelism = maxParallelism;
        earlier.forEach(entry -> kept.put(entry.id(), entry.id()));
    }

    /** The id of the savepoint; checkpoints of a job that starts from it have higher ones. */
    public long getCheckpointId() {
        return checkpointId;
    }

    /** The number of key groups of operators that do not say another one, from 1 to 32768. */
    public int getMaxParallelism() {
        return maxParallelism;
    }

    boolean hasNoOperators() {
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
