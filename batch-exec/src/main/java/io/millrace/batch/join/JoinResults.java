package io.millrace.batch.join;

/**
 * What becomes of the records of two sides: one that is kept, of which each record is compared with
 * all of the other side at some time, and one that is asked.
 */
public interface JoinResults {
    /** Whether {@link #pair} does anything; else it is enough to know who has a partner. */
    boolean wantsPairs();

    /** Whether {@link #kept} does anything. */
    boolean wantsKept();

    /** Whether {@link #asked} does anything. */
    boolean wantsAsked();

    /** Two records of one key. */
    void pair(Object kept, Object asked) throws Exception;

    /** All pairs of a kept record are known; called once for each. */
    void kept(Object record, boolean matched) throws Exception;

    /** All pairs of a record that asked are known; called once for each. */
    void asked(Object record, boolean matched) throws Exception;
}
