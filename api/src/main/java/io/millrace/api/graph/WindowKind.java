package io.millrace.api.graph;

import io.millrace.api.window.EventTimeTrigger;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.ProcessingTimeTrigger;
import io.millrace.api.window.SessionAssigner;
import io.millrace.api.window.SlicedAssigner;

/**
 * Which operator runs a window. The general one does all that there is to do; two others know the
 * assigner's arithmetic and keep one row for each key, but need contents that can be merged and the
 * trigger that fires once when time has passed the window. A window that takes all records of a key
 * and fires at the end of the input has a kind of its own, since a batch job need not sort for it.
 */
final class WindowKind {
    /** More slices in a window would cost more at its end than they save before. */
    static final long MOST_SLICES = 1_000;

    /** Of windows and of the distance between them. */
    private static final long LONGEST_MS = 1L << 60;

    private WindowKind() {}

    static OperatorSpec.Kind of(OperatorSpec.WindowSpec spec) {
        if (spec.contents() instanceof WindowContents.Collected || spec.evictor() != null) {
            return OperatorSpec.Kind.WINDOW;
        }
        if (spec.assigner() instanceof GlobalWindows
                && spec.trigger() instanceof GlobalWindows.EndOfStreamTrigger) {
            return OperatorSpec.Kind.END_WINDOW;
        }
        if (!firesAtEnd(spec)) {
            return OperatorSpec.Kind.WINDOW;
        }
        if (spec.assigner() instanceof SlicedAssigner slices) {
            return slices.isAligned() && isNear(slices) && slicesOf(slices) <= MOST_SLICES
                    ? OperatorSpec.Kind.SLICED_WINDOW
                    : OperatorSpec.Kind.WINDOW;
        }
        return spec.assigner() instanceof SessionAssigner<?>
                ? OperatorSpec.Kind.SESSION_WINDOW
                : OperatorSpec.Kind.WINDOW;
    }

    private static boolean firesAtEnd(OperatorSpec.WindowSpec spec) {
        return spec.assigner().isEventTime()
                ? spec.trigger() instanceof EventTimeTrigger
                : spec.trigger() instanceof ProcessingTimeTrigger;
    }

    /** Whether no sum of its times overflows. */
    private static boolean isNear(SlicedAssigner slices) {
        return slices.getSize() <= LONGEST_MS
                && slices.getSlide() <= LONGEST_MS
                && Math.abs(slices.getOffset()) <= LONGEST_MS;
    }

    /** How many slices a window has: those that start and end at no window's edge are none. */
    private static long slicesOf(SlicedAssigner slices) {
        if (slices.getSlide() >= slices.getSize()) {
            return 1;
        }
        long a = slices.getSize();
        long b = slices.getSlide();
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return slices.getSize() / a;
    }
}
