package io.millrace.runtime.operator.window;

import io.millrace.runtime.serde.Serializer;

/** The sessions of a key, in order of time; no two of them touch. Confined to the task. */
final class SessionRow {
    Session first; // null if there is none

    /** When the row will be looked at; earlier than it is due, if sessions have grown since. */
    long scheduledMs = WindowTimes.NEVER;

    /** From a start up to an end, in milliseconds since the epoch. */
    static final class Session {
        long start;
        long end;
        Object value;

        /** Since its last record. */
        boolean fired;

        Session next;

        Session(long start, long end, Object value) {
            this.start = start;
            this.end = end;
            this.value = value;
        }
    }

    SessionRow copy(Serializer<Object> copier) {
        SessionRow copy = new SessionRow();
        copy.scheduledMs = scheduledMs;
        Session last = null;
        for (Session each = first; each != null; each = each.next) {
            Session made = new Session(each.start, each.end, copier.copy(each.value));
            made.fired = each.fired;
            last = copy.append(last, made);
        }
        return copy;
    }

    /** Puts a session behind the last one, which is null if there is none. */
    Session append(Session last, Session made) {
        if (last == null) {
            first = made;
        } else {
            last.next = made;
        }
        return made;
    }
}
