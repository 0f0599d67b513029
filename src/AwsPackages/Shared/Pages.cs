using System.Runtime.CompilerServices;
using Amazon.Runtime;

namespace Amazon.Shared;

/// <summary>Asks for page after page until no token comes back. Can be enumerated once.</summary>
/// <param name="request">Its token is overwritten from page to page.</param>
/// <param name="call">The operation.</param>
/// <param name="getToken">The next page's token in an answer; null or "" on the last.</param>
/// <param name="setToken">Puts a token into the request.</param>
internal sealed class Pages<TRequest, TResponse>(
    TRequest request, Func<TRequest, CancellationToken, Task<TResponse>> call,
    Func<TResponse, string> getToken, Action<TRequest, string> setToken) : IPaginator<TResponse>
    where TRequest : AmazonWebServiceRequest
{
    private bool _used;

    public IPaginatedEnumerable<TResponse> Responses => new PaginatedResponse<TResponse>(this);

    public IPaginatedEnumerable<TItem> Items<TItem>(Func<TResponse, IEnumerable<TItem>> items) =>
        new PaginatedResultKeyResponse<TResponse, TItem>(this, r => items(r) ?? []);

    // Not an async iterator itself, so that a second enumeration fails at once rather than at its first element.
    IAsyncEnumerable<TResponse> IPaginator<TResponse>.PaginateAsync(CancellationToken cancellationToken)
    {
        if (_used) throw new InvalidOperationException("This paginator was enumerated before; ask the factory for a new one.");
        _used = true;
        return Read(cancellationToken);
    }

    private async IAsyncEnumerable<TResponse> Read([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        PaginatorUtils.SetUserAgentAdditionOnRequest(request);
        string token;
        do
        {
            var response = await call(request, cancellationToken).ConfigureAwait(false);
            token = getToken(response);
            setToken(request, token);
            yield return response;
        }
        while (!string.IsNullOrEmpty(token));
    }
}
