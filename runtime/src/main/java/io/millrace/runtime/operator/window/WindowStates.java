package io.millrace.runtime.operator.window;

import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.window.Window;
import io.millrace.runtime.operator.KeyedScope;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.user.NamespacedTables;
import io.millrace.runtime.state.user.UserStates;

/** The states of windows that functions are given. Confined to the task. */
final class WindowStates {
    static final String PREFIX = "window-state:";

    private final NamespacedTables tables;
    private final UserStates states;

    WindowStates(KeyedScope keys, Serializer<Object> windows) {
        this.tables = keys.tablesBy(PREFIX, windows);
        this.states = keys.statesIn(tables);
    }

    /** Those of the current key and a window, until it is called again. */
    KeyedStateStore of(Window window) {
        tables.setNamespace(window);
        return states;
    }
}
