package io.millrace.api.async;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;

/** After which ends of an attempt another is made. */
public interface AsyncRetryPredicate<OUT> {
    /** Empty if no result is a reason. */
    Optional<Predicate<Collection<OUT>>> resultPredicate();

    /** Empty if no failure is a reason. */
    Optional<Predicate<Throwable>> exceptionPredicate();
}
