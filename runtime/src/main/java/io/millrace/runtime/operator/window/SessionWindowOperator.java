package io.millrace.runtime.operator.window;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.window.SessionAssigner;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.KeyedScope;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.operator.window.SessionRow.Session;
import io.millrace.runtime.state.TableSpec;

/** Folds the records of each key by sessions: until no other has come for a time. */
/* A key has one row with its few sessions, which are merged in the row. A session grows with each
 * record and so ends later than it was scheduled for: nothing is done about that before that time has
 * come, when the row is scheduled anew. So a key is in one list of DueKeys at most that counts, and a
 * record costs a look-up and a fold.
 */
public final class SessionWindowOperator extends RowWindowOperator {
    private final SessionAssigner<Object> gaps;

    @SuppressWarnings("unchecked") // the parts of a program fit each other
    public SessionWindowOperator(
            OperatorSpec.WindowSpec spec, OperatorContext context, Receiver next) {
        super(spec, context, next, false);
        this.gaps = (SessionAssigner<Object>) spec.assigner();
    }

    @Override
    TableSpec rows(Fold fold, KeyedScope keys) {
        return RowTables.sessions(fold.values(), keys.serializers());
    }

    @Override
    public void restored(Object key, int keyHash, Object row) {
        due.restored(((SessionRow) row).scheduledMs, key, keyHash);
    }

    @Override
    void process(Object record, long timestampMs) {
        long start = eventTime ? timestampMs : clockMs.getAsLong();
        try {
            long gapMs = gaps.gapAfter(record);
            if (start < -Slices.FARTHEST
                    || start > Slices.FARTHEST
                    || gapMs > Slices.FARTHEST
                    || gapMs < 1) {
                takeOutside(record, timestampMs, gapMs);
                return;
            }
            long end = start + gapMs;
            SessionRow row = (SessionRow) table.get();
            Session only = row == null ? null : row.first;
            if (only != null
                    && only.next == null
                    && !only.fired
                    && start <= only.end
                    && end >= only.start
                    && Math.max(end, only.end) - 1 > moment.watermarkMs) {
                Object value = add(only.value, record);
                if (value != null) {
                    only.value = value;
                    only.start = Math.min(start, only.start);
                    only.end = Math.max(end, only.end);
                    table.put(row);
                    return;
                }
                table.remove();
                return;
            }
            addTo(row, record, timestampMs, start, end);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    /** A record without a time, with a wrong gap, or farther than sessions go. */
    private void takeOutside(Object record, long timestampMs, long gapMs) {
        if (eventTime && timestampMs == RecordChunk.NO_TIMESTAMP) {
            throw NoTimestamp.in(context.name());
        }
        if (gapMs < 1) {
            throw new IllegalArgumentException(
                    "The gap of a session is "
                            + gapMs
                            + " ms, said by "
                            + assigner
                            + ": it must be at least 1.");
        }
        late.take(record, timestampMs);
    }

    /** A record that begins a session, merges several, or belongs to one that has fired. */
    private void addTo(SessionRow found, Object record, long timestampMs, long from, long to)
            throws Exception {
        SessionRow row = found == null ? new SessionRow() : found;
        Session before = null; // the last one that ends before
        Session each = row.first;
        while (each != null && each.end < from) {
            before = each;
            each = each.next;
        }
        long start = from;
        long end = to;
        Object value = null;
        boolean merged = false;
        while (each != null && each.start <= to) {
            start = Math.min(start, each.start);
            end = Math.max(end, each.end);
            value = merged ? fold.merge(value, each.value) : each.value;
            merged = true;
            each = each.next;
        }
        if (!merged && times.isLate(end - 1, moment.watermarkMs)) {
            late.take(record, timestampMs);
            return;
        }
        value = value == null ? fold.begin(record, false) : fold.add(value, record);
        if (value == null) {
            link(row, before, each);
        } else {
            Session session = new Session(start, end, value);
            session.next = each;
            link(row, before, session);
            if (end - 1 <= moment.watermarkMs) {
                emit(session.value, start, end, true);
                session.fired = true;
            }
        }
        schedule(row);
    }

    private static void link(SessionRow row, Session before, Session next) {
        if (before == null) {
            row.first = next;
        } else {
            before.next = next;
        }
    }

    /** Puts a row back, and sees to it that it will be looked at in time. */
    private void schedule(SessionRow row) {
        if (row.first == null) {
            table.remove();
            return;
        }
        long dueMs = dueOf(row);
        if (dueMs < row.scheduledMs) {
            row.scheduledMs = dueMs;
            due.add(dueMs, moment.key);
        }
        table.put(row);
    }

    /** When a row has something to do: a session fires, or goes. */
    private long dueOf(SessionRow row) {
        long dueMs = WindowTimes.NEVER;
        for (Session each = row.first; each != null; each = each.next) {
            dueMs = Math.min(dueMs, each.fired ? times.cleanUpMs(each.end) : each.end);
        }
        return dueMs;
    }

    @Override
    public void watermark(long timestampMs) {
        moment.watermarkMs = timestampMs;
        if (eventTime) {
            due.advance(timestampMs == Long.MAX_VALUE ? timestampMs : timestampMs + 1);
        }
        next.watermark(timestampMs);
    }

    @Override
    public void onClock(long nowMs) {
        // Rows know when their sessions end.
    }

    @Override
    public void visit(Object key, long dueMs) throws Exception {
        moment.key = key;
        SessionRow row = (SessionRow) table.get();
        if (row != null && row.scheduledMs == dueMs) { // else it was looked at earlier
            visit(row, dueMs);
        }
    }

    private void visit(SessionRow row, long dueMs) throws Exception {
        Session before = null;
        for (Session each = row.first; each != null; each = each.next) {
            if (!each.fired && each.end <= dueMs) {
                emit(each.value, each.start, each.end, times.cleanUpMs(each.end) > dueMs);
                each.fired = true;
            }
            if (each.fired && times.cleanUpMs(each.end) <= dueMs) {
                if (clears) {
                    clear(each.start, each.end);
                }
                link(row, before, each.next);
            } else {
                before = each;
            }
        }
        row.scheduledMs = WindowTimes.NEVER;
        schedule(row);
    }
}
