package io.millrace.api.window;

import io.millrace.api.serialization.TypeSerializer;

/** What serializers of windows have in common: windows never change. Immutable. */
abstract class WindowSerializer<W extends Window> extends TypeSerializer<W> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<W> duplicate() {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other != null && other.getClass() == getClass();
    }

    @Override
    public int hashCode() {
        return getClass().hashCode();
    }
}
