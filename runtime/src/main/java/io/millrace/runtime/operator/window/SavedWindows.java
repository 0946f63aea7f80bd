package io.millrace.runtime.operator.window;

/**
 * The names of what operators of windows keep in checkpoints, for who reads it there. Pure.
 *
 * <p>{@link #CONTENTS} is a table by window: a list of records, of pairs of time and record where
 * there is an evictor, or one value. Where windows are merged the window there is the one under
 * which the contents lie, and {@link #IN_FLIGHT} has it for each window. The other two have one row
 * for each key, which only their own operators read.
 */
public final class SavedWindows {
    public static final String CONTENTS = Contents.TABLE;
    public static final String IN_FLIGHT = MergingWindows.TABLE;
    public static final String TIMERS = WindowOperator.TIMERS;
    public static final String TRIGGER_STATES = WindowOperator.TRIGGER_STATES;
    public static final String WINDOW_STATES = WindowStates.PREFIX;

    private SavedWindows() {}

    /** Whether a table has a row for each key, with all of its windows. */
    public static boolean isOfRows(String table) {
        return table.startsWith(RowTables.SLICES) || table.startsWith(RowTables.SESSIONS);
    }
}
