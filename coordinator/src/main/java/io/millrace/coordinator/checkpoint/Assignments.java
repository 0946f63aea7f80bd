package io.millrace.coordinator.checkpoint;

import io.millrace.coordinator.Effect;
import java.util.List;

/** What enumerators assign on its way to readers: it can be held back for a moment. */
public interface Assignments {
    /** From now on what this enumerator says waits. */
    void holdBack(Effect.SourceRef source);

    /** Everything that waits goes on, in its order; nothing is held back any more. */
    List<Effect> letGo();
}
