package io.millrace.api.stream;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.OperatorSpec.SourceSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.api.source.Boundedness;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What waits for the end of its input must have an end to wait for. Pure. */
final class BoundedChecks {
    private BoundedChecks() {}

    /**
     * @throws MillraceException {@code PROGRAM_INVALID} naming the operator, and the source that
     *     never ends or the option
     */
    static void checkEnds(List<Draft> drafts) {
        Map<Draft, Draft> endless = new HashMap<>();
        for (Draft draft : drafts) {
            Draft source = endlessSourceOf(draft, endless);
            if (source != null) {
                endless.put(draft, source);
            }
            String call = waitingCall(draft.spec.kind());
            if (call != null && source != null) {
                throw invalid(
                        "'"
                                + draft.name
                                + "' of "
                                + call
                                + " waits for the end of its input, but '"
                                + GraphAssembly.displayName(source)
                                + "' never ends. Use a bounded source.");
            }
        }
    }

    /**
     * @throws MillraceException {@code PROGRAM_INVALID} if checkpoints would be taken of what is no
     *     part of them
     */
    static void checkCheckpoints(List<Draft> drafts, ExecutionMode mode, Config config) {
        if (mode == ExecutionMode.BATCH || !takesCheckpoints(config)) {
            return;
        }
        for (Draft draft : drafts) {
            String call = waitingCall(draft.spec.kind());
            if (call != null) {
                throw keepsNothing(draft, call);
            }
        }
    }

    private static boolean takesCheckpoints(Config config) {
        return config.find(CheckpointOptions.INTERVAL).map(each -> !each.isZero()).orElse(false);
    }

    /** Null of an operator that needs no end. */
    private static String waitingCall(OperatorSpec.Kind kind) {
        return switch (kind) {
            case FULL_PARTITION, PARTITION_FOLD -> "fullWindowPartition()";
            case GLOBAL_SORT, BOUNDED_JOIN -> "Bounded.of(…)";
            default -> null;
        };
    }

    private static MillraceException keepsNothing(Draft draft, String call) {
        return invalid(
                "'"
                        + draft.name
                        + "' of "
                        + call
                        + " keeps records that no checkpoint has, but "
                        + CheckpointOptions.INTERVAL.key()
                        + " is set. Run what is bounded in batch mode, which needs no checkpoints,"
                        + " or leave out the option.");
    }

    /** Null if all that leads to an operator ends. */
    private static Draft endlessSourceOf(Draft draft, Map<Draft, Draft> endless) {
        if (draft.spec instanceof SourceSpec spec) {
            return spec.source().getBoundedness() == Boundedness.BOUNDED ? null : draft;
        }
        for (List<Draft.Branch> input : draft.inputs) {
            for (Draft.Branch branch : input) {
                if (endless.containsKey(branch.source())) {
                    return endless.get(branch.source());
                }
            }
        }
        return null;
    }

    private static MillraceException invalid(String message) {
        return new MillraceException(ErrorCode.PROGRAM_INVALID, message);
    }
}
