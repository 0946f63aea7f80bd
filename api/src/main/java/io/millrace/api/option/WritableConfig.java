package io.millrace.api.option;

/** A configuration that can be written by typed options. */
public interface WritableConfig {
    <T> WritableConfig set(ConfigOption<T> option, T value);
}
