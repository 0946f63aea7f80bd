package io.millrace.api.time;

import java.time.Duration;

/** Time follows the timestamps, which never go back within a split. */
public class AscendingTimestampsWatermarks<T> extends BoundedOutOfOrdernessWatermarks<T> {
    public AscendingTimestampsWatermarks() {
        super(Duration.ZERO);
    }
}
