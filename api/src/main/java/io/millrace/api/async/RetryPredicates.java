package io.millrace.api.async;

import java.io.Serializable;
import java.util.Collection;
import java.util.function.Predicate;

/** Common reasons to try again; serializable. */
public class RetryPredicates {
    /** No record came out. */
    @SuppressWarnings("rawtypes") // of any records; the raw type is what programs know
    public static final EmptyResultPredicate EMPTY_RESULT_PREDICATE = new EmptyResultPredicate();

    /** The attempt failed, however. */
    public static final HasExceptionPredicate HAS_EXCEPTION_PREDICATE = new HasExceptionPredicate();

    private RetryPredicates() {}

    /** The attempt failed with an exception of this class. */
    public static ExceptionTypePredicate createExceptionTypePredicate(
            Class<? extends Throwable> exceptionClass) {
        return new ExceptionTypePredicate(exceptionClass);
    }

    /** See {@link #EMPTY_RESULT_PREDICATE}. */
    public static final class EmptyResultPredicate<T>
            implements Predicate<Collection<T>>, Serializable {
        private static final long serialVersionUID = 1L;

        private EmptyResultPredicate() {}

        @Override
        public boolean test(Collection<T> results) {
            return results.isEmpty();
        }
    }

    /** See {@link #HAS_EXCEPTION_PREDICATE}. */
    public static final class HasExceptionPredicate implements Predicate<Throwable>, Serializable {
        private static final long serialVersionUID = 1L;

        private HasExceptionPredicate() {}

        @Override
        public boolean test(Throwable error) {
            return error != null;
        }
    }

    /** See {@link #createExceptionTypePredicate}. */
    public static final class ExceptionTypePredicate implements Predicate<Throwable>, Serializable {
        private static final long serialVersionUID = 1L;

        private final Class<? extends Throwable> exceptionClass;

        private ExceptionTypePredicate(Class<? extends Throwable> exceptionClass) {
            this.exceptionClass = exceptionClass;
        }

        @Override
        public boolean test(Throwable error) {
            return error != null && exceptionClass.isAssignableFrom(error.getClass());
        }
    }
}
