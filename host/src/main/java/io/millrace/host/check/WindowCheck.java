package io.millrace.host.check;

import io.millrace.api.graph.OperatorSpec.WindowSpec;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.PurgingTrigger;
import java.util.List;

/** Windows of streams that never end. Pure. */
final class WindowCheck {
    private WindowCheck() {}

    static List<Finding> of(StreamNode node, WindowSpec window) {
        if (!(window.assigner() instanceof GlobalWindows)) {
            return List.of();
        }
        if (window.trigger() == null || window.trigger() instanceof GlobalWindows.NeverTrigger) {
            return List.of(
                    Finding.error(
                            "window-never-fires",
                            "global windows of input that never ends fire never without a trigger:"
                                    + " there is no result, and all records are kept",
                            node.name(),
                            "give them a trigger, such as PurgingTrigger.of(CountTrigger.of(n)), or"
                                    + " use windows of time"));
        }
        boolean keepsAll =
                window.contents() instanceof WindowContents.Collected
                        && !(window.trigger() instanceof PurgingTrigger<?, ?>)
                        && window.evictor() == null;
        return keepsAll
                ? List.of(
                        Finding.warning(
                                "unbounded-state",
                                "global windows keep all records for ever: their trigger fires and"
                                        + " does not purge",
                                node.name(),
                                "wrap the trigger in PurgingTrigger.of(…), reduce or aggregate, or"
                                        + " evict"))
                : List.of();
    }
}
