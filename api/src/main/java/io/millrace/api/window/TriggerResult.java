package io.millrace.api.window;

/** What happens to a window after its trigger has been asked. */
public enum TriggerResult {
    /** Nothing. */
    CONTINUE(false, false),
    /** Its result is emitted, and what it has is dropped. */
    FIRE_AND_PURGE(true, true),
    /** Its result is emitted, and what it has is kept. */
    FIRE(true, false),
    /** What it has is dropped without a result. */
    PURGE(false, true);

    private final boolean fire;
    private final boolean purge;

    TriggerResult(boolean fire, boolean purge) {
        this.fire = fire;
        this.purge = purge;
    }

    public boolean isFire() {
        return fire;
    }

    public boolean isPurge() {
        return purge;
    }
}
