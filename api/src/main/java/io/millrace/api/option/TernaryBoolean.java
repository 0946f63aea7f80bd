package io.millrace.api.option;

/** A switch that may also be left to others to set. */
public enum TernaryBoolean {
    TRUE,
    FALSE,
    UNDEFINED;

    public static TernaryBoolean fromBoolean(boolean bool) {
        return bool ? TRUE : FALSE;
    }

    /**
     * @param bool null for {@link #UNDEFINED}
     */
    public static TernaryBoolean fromBoxedBoolean(Boolean bool) {
        return bool == null ? UNDEFINED : fromBoolean(bool);
    }

    /** {@code original}, or what the configuration sets if it is undefined. */
    public static TernaryBoolean mergeTernaryBooleanWithConfig(
            TernaryBoolean original, ConfigOption<Boolean> configOption, ReadableConfig config) {
        return original != UNDEFINED
                ? original
                : fromBoxedBoolean(config.getOptional(configOption).orElse(null));
    }

    public boolean getOrDefault(boolean defaultValue) {
        return this == UNDEFINED ? defaultValue : this == TRUE;
    }

    /** This, or {@code valueForUndefined} in its place. */
    public TernaryBoolean resolveUndefined(boolean valueForUndefined) {
        return this == UNDEFINED ? fromBoolean(valueForUndefined) : this;
    }

    /** Null if undefined. */
    public Boolean getAsBoolean() {
        return this == UNDEFINED ? null : this == TRUE;
    }
}
