package io.millrace.api.operator;

/** Whether a stream's time should be waited for. Immutable. */
public final class WatermarkStatus {
    public static final int IDLE_STATUS = -1;
    public static final int ACTIVE_STATUS = 0;

    public static final WatermarkStatus IDLE = new WatermarkStatus(IDLE_STATUS);
    public static final WatermarkStatus ACTIVE = new WatermarkStatus(ACTIVE_STATUS);

    private final int status;

    /**
     * @param status {@link #IDLE_STATUS} or {@link #ACTIVE_STATUS}
     */
    public WatermarkStatus(int status) {
        if (status != IDLE_STATUS && status != ACTIVE_STATUS) {
            throw new IllegalArgumentException(
                    "The status is "
                            + IDLE_STATUS
                            + " for idle or "
                            + ACTIVE_STATUS
                            + " for active, not "
                            + status
                            + ".");
        }
        this.status = status;
    }

    public int getStatus() {
        return status;
    }

    public boolean isIdle() {
        return status == IDLE_STATUS;
    }

    public boolean isActive() {
        return status == ACTIVE_STATUS;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WatermarkStatus that && status == that.status;
    }

    @Override
    public int hashCode() {
        return status;
    }

    @Override
    public String toString() {
        return "WatermarkStatus(" + (isIdle() ? "IDLE" : "ACTIVE") + ")";
    }
}
