package io.millrace.runtime.operator.window;

import io.millrace.api.window.Window;

/** Which key and window an operator is at, and when. Confined to its operator. */
final class WindowMoment {
    Object key;
    Window window;

    /** Before the first one, the lowest there is. */
    long watermarkMs = Long.MIN_VALUE;
}
