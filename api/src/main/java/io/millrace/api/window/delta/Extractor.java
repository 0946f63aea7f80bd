package io.millrace.api.window.delta;

import java.io.Serializable;

/**
 * Takes out of a record what is compared.
 *
 * @param <FROM> the records
 * @param <TO> what is compared
 */
@FunctionalInterface
public interface Extractor<FROM, TO> extends Serializable {
    TO extract(FROM in);
}
