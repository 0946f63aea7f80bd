package io.millrace.runtime.operator.window;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.window.SlicedAssigner;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.KeyedScope;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.TableSpec;

/** Folds the records of each key by windows of one size at equal distances. */
/* A key has one row, with a value for each slice; so a record is one look-up and one fold, however
 * many windows it belongs to. No key has a timer: DueKeys knows which rows have something to do at
 * which end. What a row says about itself (fired through, cleared through) is enough to go on after a
 * restore: a window that has fired does not fire again.
 */
public final class SlicedWindowOperator extends RowWindowOperator {
    private final Serializer<Object> valueCopier; // null if values cannot change
    private final Slices slices;

    // Whether new rows have whole windows; known from the first record on.
    private boolean whole;
    private boolean probed;

    // Windows up to this end have fired, and those up to that one are gone.
    private long passedEnd = Slices.NONE;
    private long goneEnd = Slices.NONE;

    // The unit of the last record: most records come in order, nearly.
    private long unitStart;
    private long unitEnd;
    private long unitFirstEnd;

    public SlicedWindowOperator(
            OperatorSpec.WindowSpec spec, OperatorContext context, Receiver next) {
        super(spec, context, next, true);
        this.slices = new Slices((SlicedAssigner) spec.assigner());
        this.valueCopier = OperatorContext.copierOf(fold.values(), false);
        this.whole = !slices.overlap();
        this.probed = whole;
    }

    @Override
    TableSpec rows(Fold fold, KeyedScope keys) {
        return RowTables.slices(slices, fold.values(), keys.serializers());
    }

    @Override
    public void restored(Object key, int keyHash, Object value) {
        SliceRow row = (SliceRow) value;
        due.restored(dueOf(row), key, keyHash);
        if (!eventTime) {
            passedEnd = Math.max(passedEnd, row.firedThrough);
            goneEnd = passedEnd;
        }
    }

    @Override
    void process(Object record, long timestampMs) {
        long timeMs = eventTime ? timestampMs : Math.max(clockMs.getAsLong(), passedEnd);
        try {
            if ((timeMs < unitStart || timeMs >= unitEnd) && !locate(timeMs)) {
                takeOutside(record, timeMs, timestampMs);
                return;
            }
            SliceRow row = (SliceRow) table.get();
            if (row != null
                    && row.whole != slices.overlap()
                    && unitFirstEnd > passedEnd
                    && unitFirstEnd > row.firedThrough) {
                int last = row.size - 1;
                int at = row.start(last) == unitStart ? last : row.find(unitStart);
                if (at >= 0) {
                    Object value = add(row.value(at), record);
                    if (value != null) {
                        row.set(at, value);
                        table.put(row);
                        return;
                    }
                    row.remove(at);
                    putOrRemove(row);
                    return;
                }
            }
            addTo(row, record, timeMs, timestampMs);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    /** Finds the unit of a time; false if there is none. */
    private boolean locate(long timeMs) {
        if (timeMs < -Slices.FARTHEST || timeMs > Slices.FARTHEST) {
            return false;
        }
        boolean isWhole = !slices.overlap();
        long start = isWhole ? slices.windowStart(timeMs) : slices.sliceStart(timeMs);
        if (timeMs >= start + slices.slice) {
            return false;
        }
        unitStart = start;
        unitEnd = start + slices.slice;
        unitFirstEnd = slices.firstEnd(start, isWhole);
        return true;
    }

    /** A record without a window: between two, without a time, or farther than windows go. */
    private void takeOutside(Object record, long timeMs, long timestampMs) {
        if (timeMs == RecordChunk.NO_TIMESTAMP) {
            throw NoTimestamp.in(context.name());
        }
        if (timeMs < -Slices.FARTHEST
                || timeMs > Slices.FARTHEST
                || times.isRecordLate(timeMs, moment.watermarkMs)) {
            late.take(record, timestampMs);
        }
    }

    /** Into a row that does not have the unit yet, or a window of which has passed. */
    private void addTo(SliceRow found, Object record, long timeMs, long timestampMs)
            throws Exception {
        if (!probed) {
            probed = true;
            whole = !new MergeProbe(fold, context.inputCopier()).merges(record);
        }
        SliceRow row = found == null ? new SliceRow(whole) : found;
        long firedEnd = row.firedThrough;
        long passed = Math.max(passedEnd, firedEnd);
        long gone = Math.max(goneEnd, firedEnd == Slices.NONE ? firedEnd : goneBy(firedEnd));
        long before = found == null ? WindowTimes.NEVER : dueOf(row);
        long lastEnd = slices.windowStart(timeMs) + slices.size;
        if (lastEnd <= gone) {
            late.take(record, timestampMs);
            return;
        }
        long firstEnd = firstEndOf(timeMs);
        if (row.whole && slices.overlap()) {
            for (long end = lastEnd; end >= firstEnd && end > gone; end -= slices.slide) {
                put(row, end - slices.size, record, true);
            }
        } else {
            put(row, unitStart, record, false);
        }
        for (long end = firstEnd; end <= passed && end <= lastEnd; end += slices.slide) {
            if (end > gone) {
                fire(row, end, Slices.NONE);
            }
        }
        row.firedThrough = passed;
        row.clearedThrough = Math.max(row.clearedThrough, gone);
        long after = dueOf(row);
        if (after < before) {
            due.add(after, moment.key);
        }
        putOrRemove(row);
    }

    /** The end of the first window that has a time. */
    private long firstEndOf(long timeMs) {
        return slices.overlap()
                ? slices.firstEnd(slices.sliceStart(timeMs), false)
                : slices.firstEnd(unitStart, true);
    }

    /** Windows up to which end are gone when all records before a time have come. */
    private long goneBy(long timeMs) {
        if (!eventTime) {
            return timeMs;
        }
        long end = timeMs - times.allowedLatenessMs();
        return end > timeMs ? Slices.NONE : slices.endAtOrBefore(end);
    }

    private void put(SliceRow row, long start, Object record, boolean shared) throws Exception {
        int at = row.find(start);
        Object value = at < 0 ? fold.begin(record, shared) : fold.add(row.value(at), record);
        if (value == null) {
            if (at >= 0) {
                row.remove(at);
            }
        } else if (at >= 0) {
            row.set(at, value);
        } else {
            row.insert(~at, start, value);
        }
    }

    private void putOrRemove(SliceRow row) {
        if (row.size == 0) {
            table.remove();
        } else {
            table.put(row);
        }
    }

    /** When a row has something to do: a window fires, or goes. */
    private long dueOf(SliceRow row) {
        long fires = slices.nextEnd(row, row.firedThrough);
        if (row.size == 0) {
            return fires;
        }
        long goes =
                clears
                        ? times.cleanUpMs(slices.nextEnd(row, row.clearedThrough))
                        : times.cleanUpMs(slices.lastEnd(row.start(0), row.whole));
        return Math.min(fires, goes);
    }

    @Override
    public void watermark(long timestampMs) {
        moment.watermarkMs = timestampMs;
        if (eventTime) {
            long time = timestampMs == Long.MAX_VALUE ? timestampMs : timestampMs + 1;
            passedEnd = slices.endAtOrBefore(time);
            goneEnd = goneBy(time);
            due.advance(time);
        }
        next.watermark(timestampMs);
    }

    @Override
    public void onClock(long nowMs) {
        passedEnd = Math.max(passedEnd, slices.endAtOrBefore(nowMs));
        goneEnd = passedEnd;
    }

    @Override
    public void visit(Object key, long dueMs) throws Exception {
        moment.key = key;
        SliceRow row = (SliceRow) table.get();
        if (row != null) {
            visit(row, dueMs);
        }
    }

    private void visit(SliceRow row, long dueMs) throws Exception {
        long rowDue = dueOf(row);
        if (rowDue > dueMs) {
            return; // it was looked at earlier
        }
        while (rowDue <= dueMs) {
            long end = slices.nextEnd(row, row.firedThrough);
            if (end <= dueMs) {
                fire(row, end, dueMs);
                row.firedThrough = end;
            }
            if (clears) {
                long goes = slices.nextEnd(row, row.clearedThrough);
                if (times.cleanUpMs(goes) <= dueMs) {
                    clear(goes - slices.size, goes);
                    row.clearedThrough = goes;
                }
            }
            int over = 0;
            while (over < row.size
                    && times.cleanUpMs(slices.lastEnd(row.start(over), row.whole)) <= dueMs) {
                over++;
            }
            row.removeFirst(over);
            rowDue = dueOf(row);
        }
        putOrRemove(row);
        if (rowDue != WindowTimes.NEVER) {
            due.add(rowDue, moment.key);
        }
    }

    /**
     * Emits the result of a window, if the row has something in it.
     *
     * @param dueMs what is over by then goes
     */
    private void fire(SliceRow row, long end, long dueMs) throws Exception {
        long start = end - slices.size;
        int from = row.firstFrom(start);
        int to = row.whole ? from : row.firstFrom(end);
        if (row.whole && from < row.size && row.start(from) == start) {
            to = from + 1;
        }
        if (from == to) {
            return;
        }
        boolean one = to == from + 1;
        Object value = one ? row.value(from) : merged(row, from, to);
        boolean kept = one && times.cleanUpMs(slices.lastEnd(row.start(from), row.whole)) > dueMs;
        emit(value, start, end, kept);
    }

    /** Merging may change its arguments, and slices are needed again. */
    private Object merged(SliceRow row, int from, int to) throws Exception {
        if (to - from >= SuffixSums.FEWEST_SLICES) {
            if (row.sums == null) {
                row.sums = new SuffixSums(fold, valueCopier);
            }
            return row.sums.of(row, from, to);
        }
        Object all = copyOf(row.value(from));
        for (int i = from + 1; i < to; i++) {
            Object one = copyOf(row.value(i));
            all = fold.merge(all, one);
        }
        return all;
    }

    private Object copyOf(Object value) {
        return valueCopier == null ? value : valueCopier.copy(value);
    }
}
