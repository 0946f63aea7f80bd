package io.millrace.api.window;

/**
 * The same as {@link ProcessWindowFunction}, under its former name.
 *
 * @deprecated use {@link ProcessWindowFunction}
 */
@Deprecated
public abstract class RichProcessWindowFunction<IN, OUT, KEY, W extends Window>
        extends ProcessWindowFunction<IN, OUT, KEY, W> {
    private static final long serialVersionUID = 1L;
}
